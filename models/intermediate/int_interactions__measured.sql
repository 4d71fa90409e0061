{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_rows() }}") }}

{%- set windowed = {
    7: ['active_days'],
    15: ['active_days', 'passive_touch_count', 'active_touch_count'],
    30: ['active_days', 'product_views_count', 'carts_count', 'favourites_count', 'coupons_claimed_count', 'articles_read_count',
         'dwell_seconds', 'messages_delivered_count', 'messages_opened_count', 'messages_clicked_count', 'group_messages_count'],
    90: ['product_views_count'],
} %}
{%- set lifelong = ['reviews_count', 'shares_count', 'referrals_count', 'ugc_count', 'follows_count'] %}

with days as (
    select
        *,
        activity_date as event_date,
        case when is_active then 1 else 0 end as active_days
    from {{ ref('int_customer_days') }}
),

{{ open_history('days', windowed.keys()) }},

deltas as (
    select
        customer_id,
        enters as as_of_date,
        {{ entering_sums(windowed, lifelong) }}
        max(activity_date) filter (where is_active) as last_active_date,
        max(activity_date) filter (where passive_touch_count > 0) as last_passive_touch_date,
        max(activity_date) filter (where active_touch_count > 0) as last_active_touch_date,
        min(activity_date) filter (where touch_count > 0) as first_touch_date
    from entered
    group by customer_id, enters
    {% for window in windowed %}
        union all
        select
            customer_id,
            leaves_{{ window }}d as as_of_date,
            {{ leaving_sums(windowed, lifelong, window) }}
            cast(null as date) as last_active_date,
            cast(null as date) as last_passive_touch_date,
            cast(null as date) as last_active_touch_date,
            cast(null as date) as first_touch_date
        from entered
        where leaves_{{ window }}d > enters
        group by customer_id, leaves_{{ window }}d
    {% endfor %}
),

summed as (
    select
        customer_id,
        as_of_date,
        {% for column in measured_columns(windowed, lifelong) %}sum({{ column }}) as {{ column }},
        {% endfor -%}
        max(last_active_date) as last_active_date,
        max(last_passive_touch_date) as last_passive_touch_date,
        max(last_active_touch_date) as last_active_touch_date,
        min(first_touch_date) as first_touch_date
    from deltas
    group by customer_id, as_of_date
),

measured as (
    select
        spine.customer_id,
        spine.as_of_date,
        {% for column in measured_columns(windowed, lifelong) -%}
            cast(coalesce(sum(summed.{{ column }}) over so_far, 0) as bigint) as {{ column }},
        {% endfor -%}
        max(summed.last_active_date) over so_far as last_active_date,
        max(summed.last_passive_touch_date) over so_far as last_passive_touch_date,
        max(summed.last_active_touch_date) over so_far as last_active_touch_date,
        min(summed.first_touch_date) over so_far as first_touch_date,
        spine.input_fingerprint
    from spine
    left join summed on spine.customer_id = summed.customer_id and spine.as_of_date = summed.as_of_date
    window so_far as (partition by spine.customer_id order by spine.as_of_date rows between unbounded preceding and current row)
)

select *
from measured
where {{ is_lacking('measured') }}
