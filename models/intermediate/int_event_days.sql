{#- Every row that a measure reads goes into the fingerprint of its day, so that late or changed events show. -#}
with touches as (
    select * from {{ ref('int_touchpoints__unified') }}
    where customer_id is not null
),

orders as (
    select * from {{ ref('int_orders__validated') }}
    where customer_id is not null
),

contact_events as (
    select * from {{ ref('int_contacts__dated') }}
),

hashed as (
    select
        occurred_date as event_date,
        {{ hash_sum([
            'customer_id', 'event_type', 'touch_class', 'sku_id', 'duration_seconds', 'chat_id',
            'touchpoint', 'state', 'occurred_at'
        ]) }} as hash_sum
    from touches
    group by occurred_date
    union all
    select
        ordered_date as event_date,
        {{ hash_sum([
            'order_id', 'customer_id', 'is_valid', 'channel', 'hour_band', 'order_amount',
            'reduction_amount', 'payable_amount', 'is_coupon_order', 'is_promotion_order',
            'is_new_product_order', 'items_count'
        ]) }} as hash_sum
    from orders
    group by ordered_date
    union all
    select
        orders.ordered_date as event_date,
        {{ hash_sum([
            'items.order_id', 'items.line_no', 'items.sku_id', 'items.quantity', 'items.line_amount',
            'items.category', 'items.style', 'items.colour', 'items.size'
        ]) }} as hash_sum
    from {{ ref('int_order_items__described') }} as items
    inner join orders on items.order_id = orders.order_id
    group by orders.ordered_date
    union all
    select
        refunded_date as event_date,
        {{ hash_sum(['refund_id', 'order_id', 'customer_id', 'refund_amount', "'refund'"]) }} as hash_sum
    from {{ ref('int_refunds__dated') }}
    where customer_id is not null
    group by refunded_date
    union all
    select
        event_date,
        {{ hash_sum(['customer_id', 'event_kind', 'place_id', 'event_at', 'state', 'loss_type']) }} as hash_sum
    from contact_events
    group by event_date
)

select
    event_date,
    cast(sum(hash_sum) as {{ type_hash_sum() }}) as day_fingerprint
from hashed
group by event_date
