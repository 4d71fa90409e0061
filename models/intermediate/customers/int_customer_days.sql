{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ forget_changed_units('int_customer_events', 'activity_date', 'day_fingerprint') }}",
    meta={'reads_vars': false}
) }}

with events as (
    select * from {{ ref('int_customer_events') }}
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
        bit_xor(day_fingerprint) as day_fingerprint
    from events
    where {{ is_in_lacking_unit('events', 'activity_date') }}
    group by customer_id, activity_date
)

select
    *,
    active_touch_count + advocacy_touch_count + orders_placed_count > 0 as is_active
from customer_days
