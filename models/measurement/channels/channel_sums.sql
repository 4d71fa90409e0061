{%- set rates = ['kept_1d', 'kept_7d', 'kept_30d', 'first_order_30d', 'repurchase_90d'] -%}

with customers as (
    select * from {{ ref('channel_customers') }}
)

select
    source_channel,
    channel_state,
    case when channel_state is null then 'channel' else 'state' end as grain,
    count(*) as customers_count,
    count(case when is_added then 1 end) as added_count,
    {% for rate in rates -%}
        count(is_{{ rate }}) as {{ rate }}_of_count,
        count(case when is_{{ rate }} then 1 end) as {{ rate }}_count,
    {% endfor -%}
    cast(median(days_to_first_order) as double) as median_days_to_first_order,
    count(case when is_buyer then 1 end) as buyers_count,
    sum(net_amount) as net_amount,
    sum(clv_amount) as clv_amount
from customers
group by source_channel, rollup(channel_state)
