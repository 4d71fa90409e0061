with orders as (
    select * from {{ ref('int_orders__validated') }}
    where is_valid and customer_id is not null
),

{#- A full refund undoes a purchase; a free order is one of amount 0, and nothing can be refunded of it. #}

undone as (
    select
        orders.order_id,
        min(refunds.refunded_date) as undone_date
    from orders
    inner join {{ ref('int_refunds__dated') }} as refunds on orders.order_id = refunds.order_id
    where refunds.refunded_so_far > 0 and refunds.refunded_so_far >= orders.payable_amount
    group by orders.order_id
)

select
    orders.order_id,
    orders.customer_id,
    orders.ordered_date,
    coalesce(undone.undone_date, date '9999-12-31') as undone_date,
    orders.order_amount,
    orders.reduction_amount,
    orders.payable_amount,
    orders.items_count,
    orders.is_coupon_order,
    orders.is_promotion_order,
    orders.is_new_product_order,
    orders.channel,
    orders.hour_band
from orders
left join undone on orders.order_id = undone.order_id
