{{ config(materialized='view') }}

with orders as (
    select
        *,
        coalesce(discount_amount, 0) as discount,
        coalesce(coupon_amount, 0) as coupon
    from {{ ref('stg_orders') }}
    where {{ is_until_newest('ordered_date') }}
),

{#- A coupon of 60 on goods of 50 is worth 50. #}

priced as (
    select
        *,
        cast(greatest(order_amount - discount - coupon, 0) as decimal(18, 4)) as delivered_payable_amount
    from orders
)

select
    priced.order_id,
    priced.customer_id,
    priced.ordered_at,
    priced.ordered_date,
    priced.paid_at,
    priced.status,
    priced.channel,
    priced.campaign_id,
    priced.staff_userid,
    priced.coupon > 0 or priced.coupon_code is not null as has_coupon,
    priced.discount > 0 as has_discount,
    rates.rate as exchange_rate,
    priced.delivered_payable_amount,
    {{ in_base_currency('priced.order_amount', 'rates.rate') }} as order_amount,
    {{ in_base_currency('priced.delivered_payable_amount', 'rates.rate') }} as payable_amount
from priced
left join {{ ref('int_exchange_rates__dated') }} as rates on priced.currency = rates.currency and priced.ordered_date = rates.ordered_date
