{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_rows() }}") }}

with {{ open_history(ref('int_purchases__counted'), 'ordered_date') }},

purchases as (
    select
        open_customers.customer_number,
        placed.*,
        greatest(placed.enters, open_customers.open_from) as counts_from
    from {{ ref('int_purchases__placed') }} as placed
    inner join open_customers on placed.customer_id = open_customers.customer_id
    where placed.replay_date = date '1900-01-01' or open_customers.open_from <= placed.replay_date
),

{{ replayed_frame() }},

purchase_days as (
    select
        customer_number,
        replay_date,
        ordered_date,
        counts_from
    from purchases
    group by customer_number, replay_date, ordered_date, counts_from
),

gaps as (
    select
        customer_number,
        replay_date,
        ordered_date,
        counts_from,
        lag(ordered_date) over (partition by customer_number, replay_date order by ordered_date nulls last) as previous_date
    from purchase_days
),

medians as (
    select
        customer_number,
        replay_date,
        ordered_date,
        previous_date,
        counts_from,
        {{ running_median(dbt.datediff('previous_date', 'ordered_date', 'day'), 'customer_number, replay_date', 'ordered_date') }} as median_days
    from gaps
),

latest as (
    select
        customer_number,
        replay_date,
        counts_from as as_of_date,
        max(previous_date) as previous_date,
        max_by(median_days, ordered_date) as median_days
    from medians
    group by customer_number, replay_date, counts_from
),

measured as (
    select
        frame.customer_id,
        frame.as_of_date,
        frame.replay_date,
        cast({{ carried_forward('latest.median_days', 'so_far') }} as double) as median_days_between_orders,
        max(latest.previous_date) over so_far as previous_order_date,
        frame.input_fingerprint
    from frame
    left join latest
        on frame.customer_number = latest.customer_number and frame.replay_date = latest.replay_date and frame.as_of_date = latest.as_of_date
    window so_far as (
        partition by frame.customer_number, frame.replay_date order by frame.as_of_date nulls last rows between unbounded preceding and current row
    )
)

{{ replayed_rows('measured') }}
