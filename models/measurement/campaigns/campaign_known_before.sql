with people as (
    select * from {{ ref('campaign_people') }}
),

everybody as (
    select
        as_of_date,
        cast(sum(net_amount) as double) / nullif(cast(sum(orders_count) as double), 0) as average_order_amount
    from {{ ref('customer_tags') }}
    group by as_of_date
)

select
    people.campaign_id,
    people.window_starts_date,
    people.customer_id,
    customers.net_amount_365d,
    customers.orders_count_365d,
    {{ value_at_stake('customers', 'everybody.average_order_amount') }} as value_at_stake,
    coalesce(customers.churn_probability_90d, 0.5) as churn_probability
from people
inner join {{ ref('customer_tags') }} as customers on people.customer_id = customers.customer_id and people.as_of_date = customers.as_of_date
inner join everybody on people.as_of_date = everybody.as_of_date
