with orders as (
    select * from {{ ref('int_orders__converted') }}
),

people as (
    select
        identifier,
        customer_id
    from {{ ref('int_identity__resolved') }}
    where identifier_type = 'customer_id'
),

promotions as (
    select campaign_id from {{ ref('stg_campaigns') }}
    where campaign_kind = 'promotion'
),

lines as (
    select
        order_id,
        sum(quantity) as items_count,
        {{ dbt.bool_or('is_new_product') }} as has_new_product,
        {{ rows_hash(['line_no', 'sku_id', 'quantity', 'line_amount', 'category', 'style', 'colour', 'size']) }} as lines_fingerprint
    from {{ ref('int_order_items__described') }}
    group by order_id
),

hour_bands as (
    select
        hour_of_day,
        hour_band
    from {{ ref('hour_bands') }}
)

select
    orders.order_id,
    people.customer_id,
    orders.ordered_at,
    orders.ordered_date,
    orders.status,
    orders.paid_at is not null and orders.status not in ('created', 'cancelled', 'closed') as is_valid,
    orders.channel,
    hour_bands.hour_band,
    orders.campaign_id,
    orders.staff_userid,
    orders.order_amount,
    cast(orders.order_amount - orders.payable_amount as decimal(18, 4)) as reduction_amount,
    orders.payable_amount,
    orders.has_coupon as is_coupon_order,
    orders.has_discount or promotions.campaign_id is not null as is_promotion_order,
    coalesce(lines.has_new_product, false) as is_new_product_order,
    cast(coalesce(lines.items_count, 0) as bigint) as items_count,
    lines.lines_fingerprint
from orders
left join people on orders.customer_id = people.identifier
left join promotions on orders.campaign_id = promotions.campaign_id
left join lines on orders.order_id = lines.order_id
left join hour_bands on extract(hour from {{ business_time('orders.ordered_at') }}) = hour_bands.hour_of_day
