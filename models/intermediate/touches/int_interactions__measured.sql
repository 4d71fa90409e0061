{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='fail',
    pre_hook=["{{ forget_stale_rows() }}", "{{ first_part(customer_bucket()) }}"], post_hook="{{ other_parts(customer_bucket()) }}"
) }}

with days as (
    select
        *,
        activity_date as event_date
    from {{ ref('int_customer_days') }}
),

{{ open_history('days', in_parts=true) }},

entered as (
    {{- entered_events('days') }}
),

of_month as (
    select
        entered.customer_number,
        windows.as_of_date,
        count(*) filter (where entered.is_active and windows.days_before < 7) as active_days_7d,
        count(*) filter (where entered.is_active and windows.days_before < 15) as active_days_15d,
        count(*) filter (where entered.is_active) as active_days_30d,
        sum(entered.passive_touch_count) filter (where windows.days_before < 15) as passive_touch_count_15d,
        sum(entered.active_touch_count) filter (where windows.days_before < 15) as active_touch_count_15d,
        sum(entered.product_views_count) as product_views_count_30d,
        sum(entered.carts_count) as carts_count_30d,
        sum(entered.favourites_count) as favourites_count_30d,
        sum(entered.coupons_claimed_count) as coupons_claimed_count_30d,
        sum(entered.articles_read_count) as articles_read_count_30d,
        sum(entered.dwell_seconds) as dwell_seconds_30d,
        sum(entered.messages_delivered_count) as messages_delivered_count_30d,
        sum(entered.messages_opened_count) as messages_opened_count_30d,
        sum(entered.messages_clicked_count) as messages_clicked_count_30d,
        sum(entered.group_messages_count) as group_messages_count_30d
    from entered
    inner join {{ ref('int_event_days__windowed') }} as windows
        on entered.event_date = windows.event_date and entered.enters <= windows.as_of_date
    where windows.days_before < 30
    group by entered.customer_number, windows.as_of_date
),

of_quarter as (
    select
        entered.customer_number,
        windows.as_of_date,
        sum(entered.product_views_count) as product_views_count_90d
    from entered
    inner join {{ ref('int_event_days__windowed') }} as windows
        on entered.event_date = windows.event_date and entered.enters <= windows.as_of_date
    where entered.product_views_count > 0 and windows.days_before < 90
    group by entered.customer_number, windows.as_of_date
),

since_ever as (
    select
        customer_number,
        enters as as_of_date,
        sum(reviews_count) as reviews_count,
        sum(shares_count) as shares_count,
        sum(referrals_count) as referrals_count,
        sum(ugc_count) as ugc_count,
        sum(follows_count) as follows_count,
        max(activity_date) filter (where is_active) as last_active_date,
        max(activity_date) filter (where passive_touch_count > 0) as last_passive_touch_date,
        max(activity_date) filter (where active_touch_count > 0) as last_active_touch_date,
        max(activity_date) filter (where advocacy_touch_count > 0) as last_advocacy_date,
        min(activity_date) filter (where touch_count > 0) as first_touch_date
    from entered
    group by customer_number, enters
),

measured as (
    select
        spine.customer_id,
        spine.as_of_date,
        cast(coalesce(of_month.active_days_7d, 0) as bigint) as active_days_7d,
        cast(coalesce(of_month.active_days_15d, 0) as bigint) as active_days_15d,
        cast(coalesce(of_month.passive_touch_count_15d, 0) as bigint) as passive_touch_count_15d,
        cast(coalesce(of_month.active_touch_count_15d, 0) as bigint) as active_touch_count_15d,
        cast(coalesce(of_month.active_days_30d, 0) as bigint) as active_days_30d,
        cast(coalesce(of_month.product_views_count_30d, 0) as bigint) as product_views_count_30d,
        cast(coalesce(of_month.carts_count_30d, 0) as bigint) as carts_count_30d,
        cast(coalesce(of_month.favourites_count_30d, 0) as bigint) as favourites_count_30d,
        cast(coalesce(of_month.coupons_claimed_count_30d, 0) as bigint) as coupons_claimed_count_30d,
        cast(coalesce(of_month.articles_read_count_30d, 0) as bigint) as articles_read_count_30d,
        cast(coalesce(of_month.dwell_seconds_30d, 0) as bigint) as dwell_seconds_30d,
        cast(coalesce(of_month.messages_delivered_count_30d, 0) as bigint) as messages_delivered_count_30d,
        cast(coalesce(of_month.messages_opened_count_30d, 0) as bigint) as messages_opened_count_30d,
        cast(coalesce(of_month.messages_clicked_count_30d, 0) as bigint) as messages_clicked_count_30d,
        cast(coalesce(of_month.group_messages_count_30d, 0) as bigint) as group_messages_count_30d,
        cast(coalesce(of_quarter.product_views_count_90d, 0) as bigint) as product_views_count_90d,
        cast(sum(since_ever.reviews_count) over so_far as bigint) as reviews_count,
        cast(sum(since_ever.shares_count) over so_far as bigint) as shares_count,
        cast(sum(since_ever.referrals_count) over so_far as bigint) as referrals_count,
        cast(sum(since_ever.ugc_count) over so_far as bigint) as ugc_count,
        cast(sum(since_ever.follows_count) over so_far as bigint) as follows_count,
        max(since_ever.last_active_date) over so_far as last_active_date,
        max(since_ever.last_passive_touch_date) over so_far as last_passive_touch_date,
        max(since_ever.last_active_touch_date) over so_far as last_active_touch_date,
        max(since_ever.last_advocacy_date) over so_far as last_advocacy_date,
        min(since_ever.first_touch_date) over so_far as first_touch_date,
        spine.input_fingerprint
    from spine
    left join of_month on spine.customer_number = of_month.customer_number and spine.as_of_date = of_month.as_of_date
    left join of_quarter on spine.customer_number = of_quarter.customer_number and spine.as_of_date = of_quarter.as_of_date
    left join since_ever on spine.customer_number = since_ever.customer_number and spine.as_of_date = since_ever.as_of_date
    window so_far as (partition by spine.customer_number order by spine.as_of_date nulls last rows between unbounded preceding and current row)
)

select *
from measured
where {{ is_lacking('measured') }}
