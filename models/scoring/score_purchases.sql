with refunds as (
    select
        order_id,
        refunded_date,
        sum(refund_amount) over (
            partition by order_id order by refunded_date, refund_id rows between unbounded preceding and current row
        ) as amount_so_far
    from {{ ref('int_refunds__dated') }}
),

orders as (
    select
        order_id,
        customer_id,
        ordered_date,
        payable_amount,
        is_coupon_order
    from {{ ref('int_orders__validated') }}
    where is_valid and customer_id is not null
),

undone as (
    select
        orders.order_id,
        min(refunds.refunded_date) as undone_date
    from orders
    inner join refunds on orders.order_id = refunds.order_id
    where refunds.amount_so_far > 0 and refunds.amount_so_far >= orders.payable_amount
    group by orders.order_id
)

select
    orders.order_id,
    orders.customer_id,
    orders.ordered_date,
    coalesce(undone.undone_date, date '9999-12-31') as undone_date,
    orders.is_coupon_order
from orders
left join undone on orders.order_id = undone.order_id
