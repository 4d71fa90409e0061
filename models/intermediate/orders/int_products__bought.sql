{{ config(materialized='view') }}

with purchases as (
    select * from {{ ref('int_purchases__counted') }}
),

dates as (
    select as_of_date from {{ ref('int_as_of_dates') }}
),

items as (
    select * from {{ ref('int_order_items__described') }}
)

select
    purchases.customer_id,
    dates.as_of_date,
    items.sku_id,
    count(distinct purchases.order_id) as orders_count
from purchases
inner join dates on purchases.ordered_date <= dates.as_of_date and purchases.undone_date > dates.as_of_date
inner join items on purchases.order_id = items.order_id
group by purchases.customer_id, dates.as_of_date, items.sku_id
