{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_rows() }}") }}

{%- set month = {
    7: ['active_days'],
    15: ['active_days', 'passive_touch_count', 'active_touch_count'],
    30: ['active_days', 'product_views_count', 'carts_count', 'favourites_count', 'coupons_claimed_count', 'articles_read_count',
         'dwell_seconds', 'messages_delivered_count', 'messages_opened_count', 'messages_clicked_count', 'group_messages_count'],
} %}
{%- set lifelong = ['reviews_count', 'shares_count', 'referrals_count', 'ugc_count', 'follows_count'] %}

with days as (
    select
        *,
        activity_date as event_date,
        case when is_active then 1 else 0 end as active_days
    from {{ ref('int_customer_days') }}
),

{{ open_history('days', 90) }},

of_month as (
    select
        entered.customer_number,
        window_dates.as_of_date,
        {{ windowed_sums(month) }}
    from entered
    inner join window_dates on entered.event_date = window_dates.event_date and entered.enters <= window_dates.as_of_date
    where window_dates.days_before < 30
    group by entered.customer_number, window_dates.as_of_date
),

of_quarter as (
    select
        entered.customer_number,
        window_dates.as_of_date,
        sum(entered.product_views_count) as product_views_count_90d
    from entered
    inner join window_dates on entered.event_date = window_dates.event_date and entered.enters <= window_dates.as_of_date
    where entered.product_views_count > 0
    group by entered.customer_number, window_dates.as_of_date
),

since_ever as (
    select
        customer_number,
        enters as as_of_date,
        {% for measure in lifelong %}sum({{ measure }}) as {{ measure }},
        {% endfor -%}
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
        {% for window, measures in month.items() %}{% for measure in measures -%}
            cast(coalesce(of_month.{{ measure }}_{{ window }}d, 0) as bigint) as {{ measure }}_{{ window }}d,
        {% endfor %}{% endfor -%}
        cast(coalesce(of_quarter.product_views_count_90d, 0) as bigint) as product_views_count_90d,
        {% for measure in lifelong -%}
            cast(coalesce(sum(since_ever.{{ measure }}) over so_far, 0) as bigint) as {{ measure }},
        {% endfor -%}
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
    window so_far as (partition by spine.customer_number order by spine.as_of_date rows between unbounded preceding and current row)
)

select *
from measured
where {{ is_lacking('measured') }}
