{#-
  20. Which products are looked at and not bought?
  20. 哪些商品看的人多、买的人少？
  Each row is one of the fifteen products with most viewers: of those who saw it first at least 30 days ago, how many bought
  it within 30 days, the fewest first.

      dbt show --select what_is_looked_at_and_not_bought --limit 10
  picture: interval x=sku_id y=view_to_order_share low=view_to_order_share_low high=view_to_order_share_high
-#}

with most_viewed as (
    select * from {{ ref('product_performance') }}
    where viewed_30d_ago_count > 0
    order by viewed_30d_ago_count desc, sku_id asc
    limit 15
)

select
    sku_id,
    product_name,
    viewed_30d_ago_count,
    view_to_order_share,
    view_to_order_share_low,
    view_to_order_share_high,
    average_dwell_seconds
from most_viewed
order by view_to_order_share asc, sku_id asc
