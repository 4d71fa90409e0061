with checked as (
    select * from {{ ref('stg_orders__checked') }}
)

select
    order_id,
    customer_id,
    ordered_at,
    event_date as ordered_date,
    paid_at,
    status,
    channel,
    order_amount,
    discount_amount,
    coupon_amount,
    shipping_amount,
    {{ currency_code('currency') }} as currency,
    coupon_code,
    campaign_id,
    staff_userid,
    device_id,
    phone_hash
from checked
where verdict is null
