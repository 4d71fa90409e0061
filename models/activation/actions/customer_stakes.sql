with customers as (
    select * from {{ ref('customer_tags') }}
    where is_current
),

{#- Whoever never bought is worth an order like everybody's. #}

everybody as (
    select cast(sum(net_amount) as double) / nullif(cast(sum(orders_count) as double), 0) as average_order_amount
    from customers
),

{#- What is left of the listed price of an average product of the category when its cost is paid. #}

costs as (
    select
        category,
        cast(sum(unit_cost) as double) / cast(sum(list_price) as double) as cost_share
    from {{ ref('int_products__described') }}
    where unit_cost is not null and list_price > 0
    group by category
),

all_costs as (
    select cast(sum(unit_cost) as double) / cast(sum(list_price) as double) as cost_share
    from {{ ref('int_products__described') }}
    where unit_cost is not null and list_price > 0
),

stakes as (
    select
        customers.customer_id,
        customers.as_of_date,
        {{ value_at_stake('customers', 'everybody.average_order_amount') }} as value_at_stake,
        customers.churn_probability_90d,
        coalesce(costs.cost_share, all_costs.cost_share) as cost_share,
        coalesce(customers.discount_share, 0) as discount_share
    from customers
    cross join everybody
    cross join all_costs
    left join costs on customers.favourite_category = costs.category
)

select
    customer_id,
    as_of_date,
    value_at_stake,
    {#- Where the past does not show how good a score is, or nobody bought yet, both are equally likely. #}
    coalesce(churn_probability_90d, 0.5) as churn_probability,
    1 - coalesce(churn_probability_90d, 0.5) as purchase_probability,
    churn_probability_90d is not null as is_scored,
    case when discount_share < 1 then 1 - cost_share / (1 - discount_share) end as margin_share
from stakes
