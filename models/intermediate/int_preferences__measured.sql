{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_dates() }}") }}

{%- set item_features = ['category', 'style', 'colour', 'size', 'sku_id'] %}
{%- set order_features = ['channel', 'hour_band'] %}
{%- set features = item_features + order_features %}

with dates as (
    {{ dates_to_measure() }}
),

{{ purchases_entered([]) }},

lines as (
    select
        purchases.customer_id,
        purchases.replay_date,
        purchases.enters,
        items.*
    from purchases
    inner join {{ ref('int_order_items__described') }} as items on purchases.order_id = items.order_id
),

bought as (
    {% for feature in features -%}
        select
            customer_id,
            replay_date,
            enters,
            '{{ feature }}' as feature,
            {{ feature }} as feature_value,
            {{ 'sum(quantity)' if feature in item_features else 'count(*)' }} as times
        from {{ 'lines' if feature in item_features else 'purchases' }}
        where {{ feature }} is not null
        group by customer_id, replay_date, enters, {{ feature }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

totals as (
    select
        *,
        sum(times) over (partition by customer_id, replay_date, feature, feature_value order by enters) as times_so_far
    from bought
),

{#- Counts only grow within one history, so the favourite is the value with the largest count ever reached; ties: first in the alphabet. #}

winners as (
    select
        customer_id,
        replay_date,
        feature,
        enters as as_of_date,
        times_so_far,
        min(feature_value) as feature_value
    from (
        select
            *,
            max(times_so_far) over (partition by customer_id, replay_date, feature, enters) as most_times
        from totals
    ) as compared
    where times_so_far = most_times
    group by customer_id, replay_date, feature, enters, times_so_far
),

records as (
    select
        *,
        max(times_so_far) over (partition by customer_id, replay_date, feature order by as_of_date) as record_times,
        min(feature_value) over (partition by customer_id, replay_date, feature, times_so_far order by as_of_date) as record_value
    from winners
),

changes as (
    select
        customer_id,
        replay_date,
        {% for feature in features -%}
            max(record_value) filter (where feature = '{{ feature }}') as {{ feature }},
            max(record_times) filter (where feature = '{{ feature }}') as {{ feature }}_times,
        {% endfor -%}
        as_of_date
    from records
    where times_so_far = record_times
    group by customer_id, replay_date, as_of_date
),

frame as (
    {{ history_frame('changes') }}
),

measured as (
    select
        frame.customer_id,
        frame.as_of_date,
        frame.replay_date,
        {% for feature in features -%}
            {{ carried_forward('changes.' ~ feature, 'so_far') }} as {{ feature }},
            cast(max(changes.{{ feature }}_times) over so_far as bigint) as {{ feature }}_times,
        {% endfor -%}
        frame.input_fingerprint
    from frame
    left join changes
        on frame.customer_id = changes.customer_id and frame.replay_date = changes.replay_date and frame.as_of_date = changes.as_of_date
    window so_far as (
        partition by frame.customer_id, frame.replay_date order by frame.as_of_date rows between unbounded preceding and current row
    )
)

{{ history_rows('measured') }}
