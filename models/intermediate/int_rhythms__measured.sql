{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_dates() }}") }}

with dates as (
    {{ dates_to_measure() }}
),

{{ purchases_entered([]) }},

purchase_days as (
    select
        customer_id,
        replay_date,
        ordered_date,
        min(enters) as enters
    from purchases
    group by customer_id, replay_date, ordered_date
),

gaps as (
    select
        customer_id,
        replay_date,
        ordered_date,
        enters,
        {{ dbt.datediff('lag(ordered_date) over (partition by customer_id, replay_date order by ordered_date)', 'ordered_date', 'day') }} as gap_days
    from purchase_days
),

medians as (
    select
        customer_id,
        replay_date,
        ordered_date,
        enters,
        {{ running_median('gap_days', 'customer_id, replay_date', 'ordered_date') }} as median_days
    from gaps
    where gap_days is not null
),

latest as (
    select
        customer_id,
        replay_date,
        enters as as_of_date,
        max_by(median_days, ordered_date) as median_days
    from medians
    group by customer_id, replay_date, enters
),

spans as (
    select
        *,
        lead(as_of_date) over (partition by customer_id, replay_date order by as_of_date) as next_as_of_date
    from latest
),

frame as (
    {{ history_frame('latest') }}
),

measured as (
    select
        frame.customer_id,
        frame.as_of_date,
        frame.replay_date,
        cast(spans.median_days as double) as median_days_between_orders,
        frame.input_fingerprint
    from frame
    inner join spans
        on
            frame.customer_id = spans.customer_id
            and frame.replay_date = spans.replay_date
            and frame.as_of_date >= spans.as_of_date
            and (frame.as_of_date < spans.next_as_of_date or spans.next_as_of_date is null)
)

{{ history_rows('measured') }}
