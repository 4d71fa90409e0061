{{ config(materialized='view', access='public') }}

with dates as (
    select as_of_date from {{ ref('int_as_of_dates') }}
),

orders as (
    select
        order_id,
        customer_id,
        ordered_date,
        payable_amount
    from {{ ref('int_orders__validated') }}
    where is_valid and customer_id is not null
),

refunded as (
    select
        refunds.order_id,
        dates.as_of_date,
        sum(refunds.refund_amount) as refund_amount
    from {{ ref('int_refunds__dated') }} as refunds
    inner join dates on refunds.refunded_date <= dates.as_of_date
    group by refunds.order_id, dates.as_of_date
),

purchases as (
    select
        orders.order_id,
        orders.customer_id,
        dates.as_of_date
    from orders
    inner join dates on orders.ordered_date <= dates.as_of_date
    left join refunded on orders.order_id = refunded.order_id and dates.as_of_date = refunded.as_of_date
    where refunded.refund_amount is null or refunded.refund_amount <= 0 or refunded.refund_amount < orders.payable_amount
)

select
    purchases.customer_id,
    purchases.as_of_date,
    items.sku_id,
    count(distinct purchases.order_id) as orders_count
from purchases
inner join {{ ref('int_order_items__described') }} as items on purchases.order_id = items.order_id
group by purchases.customer_id, purchases.as_of_date, items.sku_id
