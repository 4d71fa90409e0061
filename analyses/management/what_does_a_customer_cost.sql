{#-
  17. What does a new buyer cost by channel, and what do they bring?
  17. 各渠道获得一位购买客户要花多少钱，又能带来多少？
  Each row is a source channel with traffic costs: those costs per customer who bought, beside what such a customer has
  spent so far and is expected to spend in a year (revenue, not margin).

      dbt show --select what_does_a_customer_cost --limit 10
  picture: bar x=source_channel y=cost_per_acquisition
-#}

select
    source_channel,
    buyers_count,
    traffic_cost_amount,
    cost_per_acquisition,
    ltv,
    ltv_to_cac
from {{ ref('channel_quality') }}
where grain = 'channel' and cost_per_acquisition is not null
order by cost_per_acquisition desc, source_channel asc
