{#-
  Where the months of unit_economics do not add up to all sales and all costs of the brand, counted from orders, refunds and costs: a month
  that earns what nobody paid, or that a cost was left out of.
-#}
with months as (
    select
        sum(brand_net_amount) as net_amount,
        sum(traffic_cost_amount + delivery_cost_amount + staff_cost_amount + other_cost_amount) as cost_amount
    from {{ ref('unit_economics') }}
),

orders as (
    select sum(payable_amount) as payable_amount
    from {{ ref('int_orders__validated') }}
    where is_valid
),

refunds as (
    select sum(refund_amount) as refund_amount
    from {{ ref('int_refunds__dated') }}
    where is_valid
),

costs as (
    select sum(amount) as cost_amount
    from {{ ref('int_costs__dated') }}
)

select
    months.net_amount,
    orders.payable_amount,
    refunds.refund_amount,
    months.cost_amount,
    costs.cost_amount as delivered_cost_amount
from months
cross join orders
cross join refunds
cross join costs
where
    coalesce(months.net_amount, 0) <> coalesce(orders.payable_amount, 0) - coalesce(refunds.refund_amount, 0)
    or coalesce(months.cost_amount, 0) <> coalesce(costs.cost_amount, 0)
