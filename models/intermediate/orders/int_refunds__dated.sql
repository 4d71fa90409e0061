with orders as (
    select
        validated.order_id,
        validated.customer_id,
        validated.ordered_date,
        validated.is_valid,
        validated.payable_amount,
        converted.delivered_payable_amount,
        converted.exchange_rate
    from {{ ref('int_orders__validated') }} as validated
    inner join {{ ref('int_orders__converted') }} as converted on validated.order_id = converted.order_id
),

{#- A refund booked before its order (clocks differ) counts from the order on. Shipping never was part of what was payable. #}

goods as (
    select
        refunds.refund_id,
        orders.*,
        greatest(refunds.refunded_date, orders.ordered_date) as refunded_date,
        greatest(refunds.refund_amount - coalesce(refunds.shipping_refund_amount, 0), 0) as goods_amount
    from {{ ref('stg_refunds') }} as refunds
    inner join orders on refunds.order_id = orders.order_id
    where {{ is_until_newest('refunds.refunded_date') }}
),

{#- Capped before it is converted: a full refund stays full whatever rounding does to its parts. #}

capped as (
    select
        *,
        cast(least(sum(goods_amount) over so_far, delivered_payable_amount) as decimal(18, 4)) as delivered_so_far
    from goods
    window so_far as (partition by order_id order by refunded_date nulls last, refund_id nulls last rows between unbounded preceding and current row)
),

converted as (
    select
        *,
        {{ in_base_currency('delivered_so_far', 'exchange_rate') }} as refunded_so_far
    from capped
)

select
    refund_id,
    order_id,
    customer_id,
    is_valid,
    refunded_date,
    cast(
        refunded_so_far - lag(refunded_so_far, 1, 0) over (partition by order_id order by refunded_date nulls last, refund_id nulls last)
        as decimal(18, 4)
    ) as refund_amount,
    refunded_so_far
from converted
