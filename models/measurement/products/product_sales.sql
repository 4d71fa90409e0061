with bought as (
    select * from {{ ref('order_products') }}
),

sold as (
    select
        sku_id,
        count(distinct case when is_purchase then customer_id end) as buyers_count,
        count(case when is_purchase then 1 end) as orders_count,
        sum(case when is_purchase then lines_count else 0 end) as lines_count,
        sum(case when is_purchase then quantity else 0 end) as quantity,
        sum(case when is_purchase then line_amount else 0 end) as line_amount,
        sum(payable_amount) as payable_amount,
        sum(refund_amount) as refund_amount
    from bought
    group by sku_id
),

returned as (
    select
        sku_id,
        sum(returned_quantity) as returned_quantity
    from {{ ref('int_order_items__returned') }}
    group by sku_id
)

select
    coalesce(sold.sku_id, returned.sku_id) as sku_id,
    coalesce(sold.buyers_count, 0) as buyers_count,
    coalesce(sold.orders_count, 0) as orders_count,
    cast(coalesce(sold.lines_count, 0) as bigint) as lines_count,
    cast(coalesce(sold.quantity, 0) as bigint) as quantity,
    cast(coalesce(sold.line_amount, 0) as decimal(18, 4)) as line_amount,
    cast(coalesce(sold.payable_amount, 0) as decimal(18, 4)) as payable_amount,
    cast(coalesce(sold.refund_amount, 0) as decimal(18, 4)) as refund_amount,
    cast(coalesce(returned.returned_quantity, 0) as bigint) as returned_quantity
from sold
full outer join returned on sold.sku_id = returned.sku_id
