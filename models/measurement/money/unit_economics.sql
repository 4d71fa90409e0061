with sales as (
    select * from {{ ref('monthly_sales') }}
),

costs as (
    select * from {{ ref('monthly_costs') }}
),

{#- Costs are known from the first month that has any to the last one; outside of it nobody has told them, and they are not 0. #}

known as (
    select
        min(month_date) as first_month,
        max(month_date) as last_month
    from costs
),

newest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

months as (
    select starts_date as month_date
    from {{ ref('periods') }}
    where period_kind = 'month'
    union distinct
    select month_date from costs
),

told as (
    select
        months.month_date,
        coalesce(months.month_date between known.first_month and known.last_month, false) as has_costs
    from months
    cross join known
),

joined as (
    select
        told.month_date,
        {{ last_day_of_month('told.month_date', '0') }} <= newest.as_of_date as is_complete,
        told.has_costs,
        coalesce(sales.customers_count, 0) as customers_count,
        coalesce(sales.purchases_count, 0) as purchases_count,
        {% for amount in ['customers_net_amount', 'anonymous_net_amount', 'brand_net_amount'] -%}
            cast(coalesce(sales.{{ amount }}, 0) as decimal(18, 4)) as {{ amount }},
        {% endfor -%}
        sales.margin_amount,
        case when told.has_costs then coalesce(costs.traffic_cost_amount, 0) end as traffic_cost_amount,
        case when told.has_costs then coalesce(costs.delivery_cost_amount, 0) end as delivery_cost_amount,
        case when told.has_costs then coalesce(costs.staff_cost_amount, 0) end as staff_cost_amount,
        case when told.has_costs then coalesce(costs.other_cost_amount, 0) end as other_cost_amount
    from told
    cross join newest
    left join sales on told.month_date = sales.month_date
    left join costs on told.month_date = costs.month_date
)

select
    month_date,
    is_complete,
    has_costs,
    customers_count,
    purchases_count,
    {{ share('customers_net_amount', 'customers_count') }} as value_per_customer,
    customers_net_amount,
    anonymous_net_amount,
    brand_net_amount,
    margin_amount,
    traffic_cost_amount,
    delivery_cost_amount,
    staff_cost_amount,
    other_cost_amount,
    cast(brand_net_amount - traffic_cost_amount - delivery_cost_amount as decimal(18, 4)) as contribution_amount,
    cast(margin_amount - traffic_cost_amount - delivery_cost_amount as decimal(18, 4)) as margin_contribution_amount,
    {{ share('traffic_cost_amount', 'customers_count') }} as traffic_cost_per_customer,
    {{ share('delivery_cost_amount', 'purchases_count') }} as delivery_cost_per_order
from joined
