with purchases as (
    select
        order_id,
        customer_id,
        ordered_date,
        undone_date
    from {{ ref('int_purchases__counted') }}
),

items as (
    select
        order_id,
        sku_id
    from {{ ref('int_order_items__described') }}
)

select
    purchases.customer_id,
    items.sku_id,
    purchases.ordered_date,
    max(purchases.undone_date) as undone_date
from purchases
inner join items on purchases.order_id = items.order_id
where purchases.undone_date > purchases.ordered_date
group by purchases.customer_id, items.sku_id, purchases.ordered_date
