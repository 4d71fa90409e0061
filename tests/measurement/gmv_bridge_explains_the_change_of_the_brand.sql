{#-
  Comparisons and schemes whose classes do not add up to what the brand really sold, counted anew from orders and refunds: a bridge that
  explains another change than the one in the books.
-#}
with refunds as (
    select
        order_id,
        sum(refund_amount) as refund_amount
    from {{ ref('int_refunds__dated') }}
    group by order_id
),

sales as (
    select
        orders.ordered_date,
        sum(orders.payable_amount - coalesce(refunds.refund_amount, 0)) as net_amount
    from {{ ref('int_orders__validated') }} as orders
    left join refunds on orders.order_id = refunds.order_id
    where orders.is_valid
    group by orders.ordered_date
),

sold as (
    select
        comparisons.period_code,
        comparisons.comparison_code,
        sum(case when sales.ordered_date between comparisons.starts_date and comparisons.ends_date then sales.net_amount else 0 end) as amount,
        sum(case when sales.ordered_date between comparisons.from_starts_date and comparisons.from_ends_date then sales.net_amount else 0 end) as from_amount
    from {{ ref('period_comparisons') }} as comparisons
    left join sales on sales.ordered_date between comparisons.from_starts_date and comparisons.ends_date
    group by comparisons.period_code, comparisons.comparison_code
),

explained as (
    select
        period_code,
        comparison_code,
        scheme_code,
        sum(amount) as amount,
        sum(from_amount) as from_amount
    from {{ ref('gmv_bridge') }}
    where measure_code = 'net_amount'
    group by period_code, comparison_code, scheme_code
)

select
    sold.period_code,
    sold.comparison_code,
    explained.scheme_code,
    sold.amount,
    explained.amount as explained_amount,
    sold.from_amount,
    explained.from_amount as explained_from_amount
from sold
left join explained on sold.period_code = explained.period_code and sold.comparison_code = explained.comparison_code
where coalesce(sold.amount, 0) <> coalesce(explained.amount, 0) or coalesce(sold.from_amount, 0) <> coalesce(explained.from_amount, 0)
