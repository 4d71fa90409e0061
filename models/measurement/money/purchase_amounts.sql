with orders as (
    select
        order_id,
        customer_id,
        ordered_date,
        payable_amount
    from {{ ref('int_orders__validated') }}
    where is_valid
),

refunded as (
    select
        order_id,
        max(refunded_so_far) as refund_amount
    from {{ ref('int_refunds__dated') }}
    group by order_id
),

{#- What goods cost is known of an order when it is known of every line; an order without lines says nothing. #}

costs as (
    select
        items.order_id,
        cast(case when count(products.unit_cost) = count(*) then sum(items.quantity * products.unit_cost) end as decimal(18, 4)) as cost_amount
    from {{ ref('int_order_items__described') }} as items
    left join {{ ref('int_products__described') }} as products on items.sku_id = products.sku_id
    group by items.order_id
)

select
    orders.order_id,
    orders.customer_id,
    orders.ordered_date,
    cast(orders.payable_amount - coalesce(refunded.refund_amount, 0) as decimal(18, 4)) as net_amount,
    costs.cost_amount
from orders
left join refunded on orders.order_id = refunded.order_id
left join costs on orders.order_id = costs.order_id
where coalesce(refunded.refund_amount, 0) = 0 or refunded.refund_amount < orders.payable_amount
