{#-
  Money that belongs to no product, or to two, makes the assortment plan wrong by just that much. Over all products, what was to
  pay and what was refunded are the brand's, and net amount is that of the customers and of anonymous orders; lines and units are
  those of the orders that count.
-#}
with orders as (
    select
        order_id,
        customer_id,
        payable_amount
    from {{ ref('int_orders__validated') }}
    where is_valid
),

refunds as (
    select
        order_id,
        sum(refund_amount) as refund_amount
    from {{ ref('int_refunds__dated') }}
    where is_valid
    group by order_id
),

settled as (
    select
        orders.*,
        coalesce(refunds.refund_amount, 0) as refund_amount
    from orders
    left join refunds on orders.order_id = refunds.order_id
),

items as (
    select
        items.sku_id,
        items.quantity,
        items.line_amount
    from {{ ref('int_order_items__described') }} as items
    inner join settled on items.order_id = settled.order_id
    where settled.refund_amount = 0 or settled.refund_amount < settled.payable_amount
),

expected as (
    select
        (select coalesce(sum(payable_amount), 0) from settled) as payable_amount,
        (select coalesce(sum(refund_amount), 0) from settled) as refund_amount,
        (select coalesce(sum(net_amount), 0) from {{ ref('customer_tags') }} where is_current)
        + (select coalesce(sum(payable_amount - refund_amount), 0) from settled where customer_id is null) as net_amount,
        (select count(*) from items) as lines_count,
        (select coalesce(sum(quantity), 0) from items) as quantity,
        (select coalesce(sum(line_amount), 0) from items) as line_amount,
        (select coalesce(sum(returned_quantity), 0) from {{ ref('int_order_items__returned') }}) as returned_quantity
),

measured as (
    select
        coalesce(sum(payable_amount), 0) as payable_amount,
        coalesce(sum(refund_amount), 0) as refund_amount,
        coalesce(sum(net_amount), 0) as net_amount,
        coalesce(sum(lines_count), 0) as lines_count,
        coalesce(sum(quantity), 0) as quantity,
        coalesce(sum(line_amount), 0) as line_amount,
        coalesce(sum(returned_quantity), 0) as returned_quantity
    from {{ ref('product_performance') }}
)

select
    measured.*,
    expected.payable_amount as expected_payable_amount,
    expected.refund_amount as expected_refund_amount,
    expected.net_amount as expected_net_amount,
    expected.lines_count as expected_lines_count,
    expected.line_amount as expected_line_amount
from measured
cross join expected
where
    measured.payable_amount <> expected.payable_amount
    or measured.refund_amount <> expected.refund_amount
    or measured.net_amount <> expected.net_amount
    or measured.lines_count <> expected.lines_count
    or measured.quantity <> expected.quantity
    or measured.line_amount <> expected.line_amount
    or measured.returned_quantity <> expected.returned_quantity
