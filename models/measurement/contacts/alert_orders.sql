{#- A refund counts on the day on which it is made: a day that is over keeps its net amount. -#}
with orders as (
    select
        ordered_date as measured_date,
        1 as orders_count,
        customer_id,
        payable_amount as amount
    from {{ ref('int_orders__validated') }}
    where is_valid
    union all
    select
        refunded_date as measured_date,
        0 as orders_count,
        null as customer_id,
        -refund_amount as amount
    from {{ ref('int_refunds__dated') }}
    where is_valid
)

select
    measured_date,
    cast(sum(orders_count) as bigint) as orders_count,
    count(distinct customer_id) as buyers_count,
    cast(sum(amount) as decimal(18, 4)) as net_amount
from orders
group by measured_date
