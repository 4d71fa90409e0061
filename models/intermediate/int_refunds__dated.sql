{{ config(access='public') }}

with newest as (
    select max(as_of_date) as newest_date from {{ ref('int_as_of_dates') }}
),

refunds as (
    select * from {{ ref('stg_refunds') }}
    where refunded_date <= (select newest_date from newest)
),

orders as (
    select
        order_id,
        customer_id,
        ordered_date,
        is_valid
    from {{ ref('int_orders__validated') }}
)

select
    refunds.refund_id,
    refunds.order_id,
    orders.customer_id,
    orders.is_valid,
    {#- A refund booked before its order (clocks differ) counts from the order on. #}
    greatest(refunds.refunded_date, orders.ordered_date) as refunded_date,
    refunds.refund_amount
from refunds
inner join orders on refunds.order_id = orders.order_id
