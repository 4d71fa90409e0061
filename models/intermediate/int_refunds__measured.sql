{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_dates() }}") }}

with dates as (
    {{ dates_to_measure() }}
),

event_days as (
    select distinct event_date from {{ ref('int_event_days') }}
),

calendar as (
    {{ as_of_calendar([]) }}
),

refunds as (
    select
        customer_id,
        refunded_date as event_date,
        cast(0 as decimal(18, 4)) as payable_amount,
        refund_amount
    from {{ ref('int_refunds__dated') }}
    where is_valid and customer_id is not null
),

orders as (
    select
        customer_id,
        ordered_date as event_date,
        payable_amount,
        cast(0 as decimal(18, 4)) as refund_amount
    from {{ ref('int_orders__validated') }}
    where is_valid and customer_id in (select customer_id from refunds)
),

summed as (
    select
        booked.customer_id,
        calendar.enters as as_of_date,
        sum(booked.payable_amount) as payable_amount,
        sum(booked.refund_amount) as refund_amount
    from (
        select * from refunds
        union all
        select * from orders
    ) as booked
    inner join calendar on booked.event_date = calendar.event_date
    group by booked.customer_id, calendar.enters
),

frame as (
    select
        firsts.customer_id,
        dates.as_of_date,
        dates.input_fingerprint
    from (select
        customer_id,
        min(as_of_date) as first_as_of_date
    from summed
    group by customer_id) as firsts
    inner join dates on firsts.first_as_of_date <= dates.as_of_date
)

select
    frame.customer_id,
    frame.as_of_date,
    cast(sum(coalesce(summed.payable_amount, 0)) over so_far as decimal(18, 4)) as payable_amount,
    cast(sum(coalesce(summed.refund_amount, 0)) over so_far as decimal(18, 4)) as refund_amount,
    frame.input_fingerprint
from frame
left join summed on frame.customer_id = summed.customer_id and frame.as_of_date = summed.as_of_date
window so_far as (partition by frame.customer_id order by frame.as_of_date rows between unbounded preceding and current row)
