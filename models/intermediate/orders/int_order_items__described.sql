with orders as (
    select
        order_id,
        ordered_date,
        exchange_rate
    from {{ ref('int_orders__converted') }}
),

items as (
    select * from {{ ref('stg_order_items') }}
    where quantity > 0
),

products as (
    select
        *,
        {{ business_date('launched_at') }} as launched_date
    from {{ ref('stg_products') }}
)

select
    items.order_id,
    items.line_no,
    items.sku_id,
    items.quantity,
    {{ in_base_currency('items.quantity * items.unit_price - coalesce(items.discount_amount, 0)', 'orders.exchange_rate') }} as line_amount,
    products.product_name,
    products.category,
    products.style,
    products.colour,
    products.size,
    products.launched_date is not null
    and orders.ordered_date >= products.launched_date
    and {{ dbt.datediff('products.launched_date', 'orders.ordered_date', 'day') }} < {{ var('new_product_days') }} as is_new_product
from items
inner join orders on items.order_id = orders.order_id
left join products on items.sku_id = products.sku_id
