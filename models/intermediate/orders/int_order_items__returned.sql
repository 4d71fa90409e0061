with orders as (
    select
        order_id,
        customer_id,
        ordered_date
    from {{ ref('int_orders__validated') }}
    where is_valid
),

items as (
    select * from {{ ref('stg_order_items') }}
    where quantity < 0
)

select
    items.order_id,
    items.line_no,
    orders.customer_id,
    orders.ordered_date,
    items.sku_id,
    -items.quantity as returned_quantity
from items
inner join orders on items.order_id = orders.order_id
