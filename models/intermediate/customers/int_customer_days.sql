{%- set no_text = 'cast(null as ' ~ dbt.type_string() ~ ')' %}

{#- Every row that a measure reads goes into the fingerprint of its day, so that late and changed events show. #}

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
),

customer_days as (
    select
        customer_id,
        activity_date,
        count(*) filter (where event_kind = 'touch') as touch_count,
        count(*) filter (where touch_class = 'passive') as passive_touch_count,
        count(*) filter (where touch_class = 'active') as active_touch_count,
        count(*) filter (where touch_class = 'advocacy') as advocacy_touch_count,
        count(*) filter (where event_type = 'product_view') as product_views_count,
        count(*) filter (where event_type = 'add_to_cart') as carts_count,
        count(*) filter (where event_type = 'favourite') as favourites_count,
        count(*) filter (where event_type = 'coupon_claim') as coupons_claimed_count,
        count(*) filter (where event_type = 'article_read') as articles_read_count,
        count(*) filter (where event_type = 'message_delivered') as messages_delivered_count,
        count(*) filter (where event_type = 'message_opened') as messages_opened_count,
        count(*) filter (where event_type = 'message_clicked') as messages_clicked_count,
        count(*) filter (where event_type = 'follow_account') as follows_count,
        count(*) filter (where event_type = 'review') as reviews_count,
        count(*) filter (where event_type = 'share') as shares_count,
        count(*) filter (where event_type = 'referral') as referrals_count,
        count(*) filter (where event_type = 'ugc_post') as ugc_count,
        count(*) filter (where event_type = 'message_sent' and (chat_id is not null or touchpoint = 'community')) as group_messages_count,
        cast(coalesce(sum(duration_seconds), 0) as bigint) as dwell_seconds,
        count(*) filter (where event_kind = 'order') as orders_placed_count,
        count(*) filter (where event_kind = 'refund') as refunds_count,
        count(*) filter (where event_kind = 'contact') as contact_events_count,
        bit_xor(event_hash) as day_fingerprint
    from events
    group by customer_id, activity_date
)

select
    *,
    active_touch_count + advocacy_touch_count + orders_placed_count > 0 as is_active
from customer_days
