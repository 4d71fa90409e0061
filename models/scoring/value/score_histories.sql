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
        min(counts_from) as counts_from,
        sum(net_amount) as day_amount
    from purchases
    group by customer_number, replay_date, ordered_date
),

placed_days as (
    select
        *,
        ordered_date > min(ordered_date) over (partition by customer_number, replay_date) as is_repeat
    from purchase_days
),

entered_days as (
    select
        customer_number,
        replay_date,
        counts_from as as_of_date,
        count(*) filter (where is_repeat) as repeat_days_count,
        sum(day_amount) filter (where is_repeat) as repeat_amount,
        min(ordered_date) as first_order_date,
        max(ordered_date) as last_order_date
    from placed_days
    group by customer_number, replay_date, counts_from
),

measured as (
    select
        frame.customer_id,
        frame.as_of_date,
        frame.replay_date,
        cast(sum(coalesce(entered_days.repeat_days_count, 0)) over so_far as integer) as repeat_days_count,
        cast(sum(coalesce(entered_days.repeat_amount, 0)) over so_far as decimal(18, 4)) as repeat_amount,
        min(entered_days.first_order_date) over so_far as first_order_date,
        max(entered_days.last_order_date) over so_far as last_order_date,
        frame.input_fingerprint
    from frame
    left join entered_days
        on
            frame.customer_number = entered_days.customer_number
            and frame.replay_date = entered_days.replay_date
            and frame.as_of_date = entered_days.as_of_date
    window so_far as (
        partition by frame.customer_number, frame.replay_date order by frame.as_of_date nulls last rows between unbounded preceding and current row
    )
),

timed as (
    select
        *,
        {{ dbt.datediff('first_order_date', 'last_order_date', 'day') }} as recency_days,
        {{ dbt.datediff('first_order_date', 'as_of_date', 'day') }} as age_days
    from measured
)

{{ replayed_rows('timed') }}
