with purchases as (
    select
        order_id,
        customer_id,
        ordered_date,
        undone_date
    from {{ ref('int_purchases__counted') }}
    where undone_date > ordered_date
),

buyers as (
    select * from {{ ref('score_products__buyers') }}
),

items as (
    select
        order_id,
        sku_id
    from {{ ref('int_order_items__described') }}
)

select
    buyers.buyer_number,
    items.sku_id,
    purchases.ordered_date,
    max(purchases.undone_date) as undone_date
from purchases
inner join buyers on purchases.customer_id = buyers.customer_id
inner join items on purchases.order_id = items.order_id
group by buyers.buyer_number, items.sku_id, purchases.ordered_date
