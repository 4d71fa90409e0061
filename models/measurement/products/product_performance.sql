with newest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

products as (
    select * from {{ ref('int_products__described') }}
),

sales as (
    select * from {{ ref('product_sales') }}
),

touches as (
    select * from {{ ref('product_touches') }}
),

known as (
    select sku_id from products
    union
    select sku_id from sales
    union
    select sku_id from touches
)

select
    newest.as_of_date,
    known.sku_id,
    products.product_name,
    products.category,
    coalesce(touches.views_count, 0) as views_count,
    coalesce(touches.viewers_count, 0) as viewers_count,
    coalesce(touches.viewed_30d_ago_count, 0) as viewed_30d_ago_count,
    coalesce(touches.view_to_order_count, 0) as view_to_order_count,
    {{ share('touches.view_to_order_count', 'touches.viewed_30d_ago_count') }} as view_to_order_share,
    {{ wilson_bound('touches.view_to_order_count', 'touches.viewed_30d_ago_count', '-') }} as view_to_order_share_low,
    {{ wilson_bound('touches.view_to_order_count', 'touches.viewed_30d_ago_count', '+') }} as view_to_order_share_high,
    coalesce(touches.dwell_seconds, 0) as dwell_seconds,
    {{ share('touches.dwell_seconds', 'touches.timed_views_count') }} as average_dwell_seconds,
    coalesce(touches.carts_count, 0) as carts_count,
    coalesce(sales.buyers_count, 0) as buyers_count,
    coalesce(sales.orders_count, 0) as orders_count,
    coalesce(sales.lines_count, 0) as lines_count,
    coalesce(sales.quantity, 0) as quantity,
    cast(coalesce(sales.line_amount, 0) as decimal(18, 4)) as line_amount,
    cast(coalesce(sales.payable_amount, 0) as decimal(18, 4)) as payable_amount,
    cast(coalesce(sales.refund_amount, 0) as decimal(18, 4)) as refund_amount,
    cast(coalesce(sales.payable_amount - sales.refund_amount, 0) as decimal(18, 4)) as net_amount,
    {{ share('sales.refund_amount', 'sales.payable_amount') }} as refunded_share,
    coalesce(sales.returned_quantity, 0) as returned_quantity
from known
cross join newest
left join products on known.sku_id = products.sku_id
left join sales on known.sku_id = sales.sku_id
left join touches on known.sku_id = touches.sku_id
