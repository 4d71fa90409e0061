{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_rows() }}") }}

with booked as (
    select
        customer_id,
        ordered_date as event_date,
        payable_amount,
        cast(0 as decimal(18, 4)) as refund_amount
    from {{ ref('int_purchases__counted') }}
    union all
    select
        customer_id,
        refunded_date as event_date,
        cast(0 as decimal(18, 4)) as payable_amount,
        refund_amount
    from {{ ref('int_refunds__dated') }}
    where is_valid and customer_id is not null
),

{{ open_history('booked') }},

entered as (
    {{- entered_events('booked') }}
),

summed as (
    select
        customer_number,
        enters as as_of_date,
        sum(payable_amount) as payable_amount,
        sum(refund_amount) as refund_amount
    from entered
    group by customer_number, enters
),

measured as (
    select
        spine.customer_id,
        spine.as_of_date,
        cast(sum(summed.payable_amount) over so_far as decimal(18, 4)) as payable_amount,
        cast(sum(summed.refund_amount) over so_far as decimal(18, 4)) as refund_amount,
        spine.input_fingerprint
    from spine
    left join summed on spine.customer_number = summed.customer_number and spine.as_of_date = summed.as_of_date
    window so_far as (partition by spine.customer_number order by spine.as_of_date nulls last rows between unbounded preceding and current row)
)

select *
from measured
where {{ is_lacking('measured') }}
