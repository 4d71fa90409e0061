with predictions as (
    select
        customer_id,
        as_of_date,
        'churn_probability_30d' as score,
        churn_probability_30d as predicted
    from {{ ref('score_churn') }}
    union all
    select
        customer_id,
        as_of_date,
        'churn_probability_90d' as score,
        churn_probability_90d as predicted
    from {{ ref('score_churn') }}
    union all
    select
        customer_id,
        as_of_date,
        'no_order_probability_30d' as score,
        no_order_probability_30d as predicted
    from {{ ref('score_clv') }}
    union all
    select
        customer_id,
        as_of_date,
        'no_order_probability_90d' as score,
        no_order_probability_90d as predicted
    from {{ ref('score_clv') }}
    union all
    select
        customer_id,
        as_of_date,
        'expected_orders_90d' as score,
        expected_orders_90d as predicted
    from {{ ref('score_clv') }}
    union all
    select
        customer_id,
        as_of_date,
        'price_sensitivity' as score,
        price_sensitivity as predicted
    from {{ ref('score_price_sensitivity') }}
),

newest as (
    select max(as_of_date) as newest_date from {{ ref('int_as_of_dates') }}
),

closed_predictions as (
    select
        predictions.*,
        scores.horizon_days,
        scores.is_chance
    from predictions
    inner join {{ ref('scoring_scores') }} as scores on predictions.score = scores.score
    inner join newest on {{ dbt.datediff('predictions.as_of_date', 'newest.newest_date', 'day') }} >= scores.horizon_days
    where predictions.predicted is not null
),

{# A customer who bought nothing has no row in scoring_outcomes. A coupon share speaks of each order, the others of each customer. #}
scored as (
    select
        predictions.as_of_date,
        predictions.score,
        predictions.is_chance,
        predictions.predicted,
        case when predictions.score = 'price_sensitivity' then coalesce(outcomes.orders_count, 0) else 1 end as weight,
        case
            when predictions.score = 'price_sensitivity' then coalesce(outcomes.coupon_orders_count, 0)
            when predictions.score = 'expected_orders_90d' then coalesce(outcomes.order_days_count, 0)
            when outcomes.customer_id is null then 1
            else 0
        end as seen
    from closed_predictions as predictions
    left join {{ ref('scoring_outcomes') }} as outcomes
        on
            predictions.customer_id = outcomes.customer_id
            and predictions.as_of_date = outcomes.as_of_date
            and predictions.horizon_days = outcomes.horizon_days
)

select
    as_of_date,
    score,
    is_chance,
    predicted,
    count(*) as customers_count,
    sum(weight) as weight,
    sum(seen) as seen,
    {#- The AUC asks only whether it happened, not how often. #}
    sum(least(seen, weight)) as happened
from scored
where weight > 0
group by as_of_date, score, is_chance, predicted
