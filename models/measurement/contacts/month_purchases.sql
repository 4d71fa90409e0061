with orders as (
    select
        orders.order_id,
        orders.customer_id,
        orders.payable_amount,
        months.as_of_date
    from {{ ref('int_orders__validated') }} as orders
    inner join {{ ref('contact_months') }} as months on orders.ordered_date between months.month_begins_on and months.as_of_date
    where orders.is_valid
),

refunds as (
    select
        orders.order_id,
        sum(refunds.refund_amount) as refund_amount
    from orders
    inner join {{ ref('int_refunds__dated') }} as refunds on orders.order_id = refunds.order_id and orders.as_of_date >= refunds.refunded_date
    group by orders.order_id
),

netted as (
    select
        orders.as_of_date,
        orders.customer_id,
        orders.payable_amount - coalesce(refunds.refund_amount, 0) as net_amount,
        {#- What was refunded in full is no purchase; a free order is one of 0. #}
        case when orders.payable_amount > 0 and coalesce(refunds.refund_amount, 0) >= orders.payable_amount then 0 else 1 end as orders_count
    from orders
    left join refunds on orders.order_id = refunds.order_id
)

select
    as_of_date,
    customer_id,
    cast(sum(orders_count) as bigint) as month_orders_count,
    cast(sum(net_amount) as decimal(18, 4)) as month_net_amount
from netted
group by as_of_date, customer_id
