{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_rows() }}",
    meta={'has_rows_by_date': true}
) }}

with touches as (
    select
        customer_id,
        occurred_date as event_date,
        scene as event_scene,
        extract(hour from {{ business_time('occurred_at') }}) as hour_of_day
    from {{ ref('int_touchpoints__unified') }}
    where customer_id is not null and touch_class in ('active', 'advocacy')
),

touch_days as (
    select
        customer_id,
        event_date,
        event_scene,
        hour_of_day,
        count(*) as times
    from touches
    group by customer_id, event_date, event_scene, hour_of_day
),

{{ open_history('touch_days') }},

entered as (
    {{- entered_events('touch_days') }}
),

counted as (
    select
        entered.customer_number,
        entered.enters as as_of_date,
        coalesce(delivered.scene, timed.scene) as scene,
        sum(entered.times) as times
    from entered
    left join {{ ref('scenes') }} as delivered on entered.event_scene = delivered.event_scene
    left join {{ ref('scene_hours') }} as timed
        on entered.hour_of_day = timed.hour_of_day and {{ is_weekend('entered.event_date') }} = timed.is_weekend
    where coalesce(delivered.scene, timed.scene) is not null
    group by entered.customer_number, entered.enters, coalesce(delivered.scene, timed.scene)
),

running as (
    select
        customer_number,
        as_of_date,
        scene,
        sum(times) over (partition by customer_number, scene order by as_of_date nulls last) as times_so_far
    from counted
),

{#- Counts only grow, so the scene with the largest count ever reached leads; equal counts go by the alphabet. #}

foremost as (
    select
        customer_number,
        as_of_date,
        max(times_so_far) as times_so_far,
        min_by(scene, {{ in_order(['-times_so_far', 'scene']) }}) as scene
    from running
    group by customer_number, as_of_date
),

records as (
    select
        spine.customer_id,
        spine.as_of_date,
        foremost.scene,
        foremost.times_so_far,
        max(foremost.times_so_far) over (partition by spine.customer_number order by spine.as_of_date nulls last) as most_times,
        spine.input_fingerprint
    from spine
    left join foremost on spine.customer_number = foremost.customer_number and spine.as_of_date = foremost.as_of_date
),

measured as (
    select
        customer_id,
        as_of_date,
        min(case when times_so_far = most_times then scene end) over (partition by customer_id, most_times order by as_of_date nulls last) as scene,
        cast(most_times as bigint) as scene_times,
        input_fingerprint
    from records
)

select *
from measured
where {{ is_lacking('measured') }}
