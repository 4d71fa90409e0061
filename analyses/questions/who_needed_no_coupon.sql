{#-
  3. Who got a coupon that they did not need?
  3. 谁拿到了本不需要的优惠券？
  Each row is a customer who has stayed and pays most orders without a coupon, but used some in the last 90 days:
  the amount is what all reductions of those orders cost.

      dbt show --select who_needed_no_coupon --limit 10
-#}

select
    tags.customer_id,
    tags.orders_count,
    round(tags.coupon_order_share, 2) as coupon_order_share,
    count(*) as coupon_orders_90d,
    sum(orders.reduction_amount) as reduction_amount_90d
from {{ ref('customer_tags') }} as tags
inner join {{ ref('segment_lifecycle') }} as lifecycles on tags.customer_id = lifecycles.customer_id and lifecycles.is_current
inner join {{ ref('int_orders__validated') }} as orders on tags.customer_id = orders.customer_id
where
    tags.is_current and tags.orders_count >= {{ var('price_min_orders') }} and tags.coupon_order_share < {{ var('price_coupon_share') }}
    and lifecycles.segment_code not in ('declining', 'lost')
    and orders.is_valid and orders.is_coupon_order and orders.ordered_date <= tags.as_of_date
    and {{ dbt.datediff('orders.ordered_date', 'tags.as_of_date', 'day') }} < 90
group by tags.customer_id, tags.orders_count, tags.coupon_order_share
order by reduction_amount_90d desc, tags.customer_id asc
