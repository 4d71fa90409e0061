with orders as (
    select
        order_id,
        customer_id,
        ordered_at,
        ordered_date,
        payable_amount
    from {{ ref('int_orders__validated') }}
    where is_valid
),

refunds as (
    select
        order_id,
        max(refunded_so_far) as refund_amount
    from {{ ref('int_refunds__dated') }}
    group by order_id
),

products as (
    select
        order_id,
        sku_id,
        count(*) as lines_count,
        sum(quantity) as quantity,
        sum(line_amount) as line_amount
    from {{ ref('int_order_items__described') }}
    group by order_id, sku_id
),

joined as (
    select
        orders.*,
        coalesce(refunds.refund_amount, 0) as refund_amount,
        coalesce(products.sku_id, 'without_lines') as sku_id,
        coalesce(products.lines_count, 0) as lines_count,
        coalesce(products.quantity, 0) as quantity,
        coalesce(products.line_amount, 0) as line_amount
    from orders
    left join refunds on orders.order_id = refunds.order_id
    left join products on orders.order_id = products.order_id
),

{#- Lines that come to nothing, such as gifts alone, share their order by units. #}

added as (
    select
        *,
        greatest(line_amount, 0) as amount,
        sum(greatest(line_amount, 0)) over so_far as amount_so_far,
        sum(greatest(line_amount, 0)) over whole_order as order_amount,
        greatest(quantity, 1) as units,
        sum(greatest(quantity, 1)) over so_far as units_so_far,
        sum(greatest(quantity, 1)) over whole_order as order_units
    from joined
    window
        so_far as (partition by order_id order by sku_id nulls last rows between unbounded preceding and current row),
        whole_order as (partition by order_id order by sku_id nulls last rows between unbounded preceding and unbounded following)
),

shared as (
    select
        *,
        case
            when order_amount > 0 then {{ share('amount_so_far', 'order_amount') }}
            else {{ share('units_so_far', 'order_units') }}
        end as share_so_far,
        case
            when order_amount > 0 then {{ share('amount_so_far - amount', 'order_amount') }}
            else {{ share('units_so_far - units', 'order_units') }}
        end as share_before
    from added
),

{#- Rounded as they add up, and each product gets the step: the last share is 1, so that nothing of the order is lost. #}

rounded as (
    select
        *,
        {{ rounded_amount('cast(payable_amount as double) * share_so_far') }} as payable_so_far,
        {{ rounded_amount('cast(payable_amount as double) * share_before') }} as payable_before,
        {{ rounded_amount('cast(refund_amount as double) * share_so_far') }} as refund_so_far,
        {{ rounded_amount('cast(refund_amount as double) * share_before') }} as refund_before
    from shared
)

select
    order_id,
    sku_id,
    customer_id,
    ordered_at,
    ordered_date,
    refund_amount = 0 or refund_amount < payable_amount as is_purchase,
    cast(lines_count as bigint) as lines_count,
    cast(quantity as bigint) as quantity,
    cast(line_amount as decimal(18, 4)) as line_amount,
    cast(payable_so_far - payable_before as decimal(18, 4)) as payable_amount,
    cast(refund_so_far - refund_before as decimal(18, 4)) as refund_amount
from rounded
