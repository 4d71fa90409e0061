{#- Each score of a date beside what came after it, customers of equal score together. A share counts by orders. #}
with churn as (
    select * from {{ ref('score_churn') }}
),

clv as (
    select * from {{ ref('score_clv') }}
),

prices as (
    select * from {{ ref('score_price_sensitivity') }}
),

outcomes_30d as (
    select * from {{ ref('score_outcomes') }}
    where horizon_days = 30
),

outcomes_90d as (
    select * from {{ ref('score_outcomes') }}
    where horizon_days = 90
),

dates as (
    select as_of_date from {{ ref('int_as_of_dates') }}
),

windows as (
    select
        as_of_date,
        {{ days_after('as_of_date', 30) }} <= max(as_of_date) over () as is_over_30d,
        {{ days_after('as_of_date', 90) }} <= max(as_of_date) over () as is_over_90d
    from dates
),

scored as (
    select
        churn.as_of_date,
        'churn_probability_30d' as score,
        churn.churn_probability_30d as predicted,
        case when outcomes_30d.customer_id is null then 1 else 0 end as seen_weight,
        1 as weight
    from churn
    inner join windows on churn.as_of_date = windows.as_of_date and windows.is_over_30d
    left join outcomes_30d on churn.customer_id = outcomes_30d.customer_id and churn.as_of_date = outcomes_30d.as_of_date
    union all
    select
        churn.as_of_date,
        'churn_probability_90d' as score,
        churn.churn_probability_90d as predicted,
        case when outcomes_90d.customer_id is null then 1 else 0 end as seen_weight,
        1 as weight
    from churn
    inner join windows on churn.as_of_date = windows.as_of_date and windows.is_over_90d
    left join outcomes_90d on churn.customer_id = outcomes_90d.customer_id and churn.as_of_date = outcomes_90d.as_of_date
    union all
    select
        clv.as_of_date,
        'expected_orders_90d' as score,
        clv.expected_orders_90d as predicted,
        coalesce(outcomes_90d.order_days_count, 0) as seen_weight,
        1 as weight
    from clv
    inner join windows on clv.as_of_date = windows.as_of_date and windows.is_over_90d
    left join outcomes_90d on clv.customer_id = outcomes_90d.customer_id and clv.as_of_date = outcomes_90d.as_of_date
    union all
    select
        prices.as_of_date,
        'price_sensitivity' as score,
        prices.price_sensitivity as predicted,
        outcomes_90d.coupon_orders_count as seen_weight,
        outcomes_90d.orders_count as weight
    from prices
    inner join outcomes_90d on prices.customer_id = outcomes_90d.customer_id and prices.as_of_date = outcomes_90d.as_of_date
)

select
    as_of_date,
    score,
    predicted,
    count(*) as customers_count,
    sum(weight) as weight,
    sum(seen_weight) as seen,
    {#- For the AUC: that it happened at all, or that an order had a coupon. #}
    sum(case when score = 'price_sensitivity' then seen_weight else least(seen_weight, 1) end) as happened
from scored
where predicted is not null
group by as_of_date, score, predicted
