{#-
  Coupons for customers who have bought without and have not stopped buying. It is the dearest way to sell what would have been
  bought anyway.
-#}
with offers as (
    select
        customer_id,
        action_code
    from {{ ref('touch_calendar') }}
    where offer = 'coupon'
)

select
    offers.customer_id,
    offers.action_code
from offers
inner join {{ ref('customer_tags') }} as tags on offers.customer_id = tags.customer_id and tags.is_current
left join {{ ref('recall_list') }} as recalled on offers.customer_id = recalled.customer_id
where recalled.customer_id is null and tags.orders_count > 0 and tags.coupon_order_share < {{ var('price_coupon_share') }}
