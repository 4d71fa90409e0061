{{ config(materialized='view') }}

{%- set no_text = 'cast(null as ' ~ dbt.type_string() ~ ')' %}

with events as (
    select
        customer_id,
        occurred_date as activity_date,
        'touch' as event_kind,
        event_type,
        touch_class,
        touchpoint,
        chat_id,
        duration_seconds,
        raw_hash as event_hash
    from {{ ref('int_touchpoints__unified') }}
    where customer_id is not null
    union all
    select
        customer_id,
        ordered_date as activity_date,
        'order' as event_kind,
        {{ no_text }} as event_type,
        {{ no_text }} as touch_class,
        {{ no_text }} as touchpoint,
        {{ no_text }} as chat_id,
        0 as duration_seconds,
        {{ row_hash([
            'order_id', 'ordered_at', 'is_valid', 'channel', 'hour_band', 'order_amount', 'reduction_amount', 'payable_amount',
            'is_coupon_order', 'is_promotion_order', 'is_new_product_order', 'items_count', 'lines_fingerprint'
        ]) }} as event_hash
    from {{ ref('int_orders__validated') }}
    where customer_id is not null
    union all
    select
        customer_id,
        refunded_date as activity_date,
        'refund' as event_kind,
        {{ no_text }} as event_type,
        {{ no_text }} as touch_class,
        {{ no_text }} as touchpoint,
        {{ no_text }} as chat_id,
        0 as duration_seconds,
        {{ row_hash(['refund_id', 'order_id', 'refunded_date', 'refund_amount', 'is_valid']) }} as event_hash
    from {{ ref('int_refunds__dated') }}
    where customer_id is not null
    union all
    select
        customer_id,
        event_date as activity_date,
        'contact' as event_kind,
        {{ no_text }} as event_type,
        {{ no_text }} as touch_class,
        {{ no_text }} as touchpoint,
        {{ no_text }} as chat_id,
        0 as duration_seconds,
        {{ row_hash(['event_kind', 'place_id', 'member_id', 'begun_at', 'event_at', 'state', 'loss_type']) }} as event_hash
    from {{ ref('int_contacts__dated') }}
)

{#- The hash holds the customer and all that is counted: how a cell is read may change, and whose it is, while the raw row stays. #}

select
    *,
    {{ row_hash([
        'customer_id', 'activity_date', 'event_kind', 'event_type', 'touch_class', 'touchpoint', 'chat_id', 'duration_seconds', 'event_hash'
    ]) }} as day_fingerprint
from events
