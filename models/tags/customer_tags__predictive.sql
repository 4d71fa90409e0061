{#- A score that scoring_quality finds not_enough_data for is null here: nobody should act on it. #}
with usable as (
    select
        as_of_date,
        bool_or(score = 'churn_probability_30d') as has_churn_30d,
        bool_or(score = 'churn_probability_90d') as has_churn_90d,
        bool_or(score = 'expected_orders_90d') as has_orders,
        bool_or(score = 'price_sensitivity') as has_price,
        bool_or(score = 'next_product_habit') as has_product
    from {{ ref('scoring_quality') }}
    where verdict <> 'not_enough_data'
    group by as_of_date
),

clv as (
    select * from {{ ref('score_clv') }}
),

churn as (
    select * from {{ ref('score_churn') }}
),

prices as (
    select * from {{ ref('score_price_sensitivity') }}
),

habits as (
    select
        customer_id,
        as_of_date,
        sku_id,
        place,
        {#- Whole numbers add up the same in any order. #}
        1e9 * score / (1e9 + sum(cast(round(1e9 * score) as bigint)) over (partition by customer_id, as_of_date)) as share
    from {{ ref('score_next_product') }}
    where kind = 'habit'
),

products as (
    select * from habits
    where place = 1
)

select
    clv.customer_id,
    clv.as_of_date,
    case when usable.has_orders then clv.p_alive end as p_alive,
    case when usable.has_churn_30d then churn.churn_probability_30d end as churn_probability_30d,
    case when usable.has_churn_90d then churn.churn_probability_90d end as churn_probability_90d,
    case when usable.has_orders then clv.expected_orders_90d end as expected_orders_90d,
    case when usable.has_orders then clv.clv_365d end as clv_365d,
    case when usable.has_price then prices.price_sensitivity end as price_sensitivity,
    case when usable.has_product then products.sku_id end as next_product_sku_id,
    case when usable.has_product then products.share end as next_product_share
from clv
left join usable on clv.as_of_date = usable.as_of_date
left join churn on clv.customer_id = churn.customer_id and clv.as_of_date = churn.as_of_date
left join prices on clv.customer_id = prices.customer_id and clv.as_of_date = prices.as_of_date
left join products on clv.customer_id = products.customer_id and clv.as_of_date = products.as_of_date
