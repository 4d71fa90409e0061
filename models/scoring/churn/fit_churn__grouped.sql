{#- Features to one decimal: many customers are alike then, and the coefficients hardly change. #}
with features as (
    select
        customer_id,
        as_of_date,
        round(silence_logit_30d, 1) as silence_logit_30d,
        round(silence_logit_90d, 1) as silence_logit_90d,
        round(recency, 1) as recency,
        round(frequency, 1) as frequency,
        round(age, 1) as age,
        round(overdue, 1) as overdue,
        one_time,
        active_days_7d,
        active_days_15d
    from {{ ref('score_churn__features') }}
),

ordered as (
    select
        customer_id,
        as_of_date,
        count(*) filter (where horizon_days = 30) > 0 as ordered_30d,
        count(*) filter (where horizon_days = 90) > 0 as ordered_90d
    from {{ ref('scoring_outcomes') }}
    group by customer_id, as_of_date
)

select
    features.as_of_date,
    features.silence_logit_30d,
    features.silence_logit_90d,
    features.recency,
    features.frequency,
    features.age,
    features.overdue,
    features.one_time,
    features.active_days_7d,
    features.active_days_15d,
    count(*) as customers_count,
    count(*) filter (where not coalesce(ordered.ordered_30d, false)) as silent_30d,
    count(*) filter (where not coalesce(ordered.ordered_90d, false)) as silent_90d
from features
left join ordered on features.customer_id = ordered.customer_id and features.as_of_date = ordered.as_of_date
group by
    features.as_of_date, features.silence_logit_30d, features.silence_logit_90d, features.recency, features.frequency, features.age,
    features.overdue, features.one_time, features.active_days_7d, features.active_days_15d
