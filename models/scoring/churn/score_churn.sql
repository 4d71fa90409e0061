with features as (
    select * from {{ ref('score_churn__features') }}
),

fits_30d as (
    select * from {{ ref('fit_churn') }}
    where horizon_days = 30
),

fits_90d as (
    select * from {{ ref('fit_churn') }}
    where horizon_days = 90
),

weighed as (
    select
        features.customer_id,
        features.as_of_date,
        features.null_reason,
        features.silence_logit_90d is not null as has_silence,
        fits_30d.fit_id as fit_id_30d,
        fits_90d.fit_id as fit_id_90d,
        coalesce(fits_30d.status, 'too_little_data') as status_30d,
        coalesce(fits_90d.status, 'too_little_data') as status_90d,
        fits_30d.intercept
        + fits_30d.silence_logit * features.silence_logit_30d
        + fits_30d.recency * features.recency
        + fits_30d.frequency * features.frequency
        + fits_30d.age * features.age
        + fits_30d.overdue * features.overdue
        + fits_30d.one_time * features.one_time
        + fits_30d.active_days_7d * features.active_days_7d
        + fits_30d.active_days_15d * features.active_days_15d as log_odds_30d,
        fits_90d.intercept
        + fits_90d.silence_logit * features.silence_logit_90d
        + fits_90d.recency * features.recency
        + fits_90d.frequency * features.frequency
        + fits_90d.age * features.age
        + fits_90d.overdue * features.overdue
        + fits_90d.one_time * features.one_time
        + fits_90d.active_days_7d * features.active_days_7d
        + fits_90d.active_days_15d * features.active_days_15d as log_odds_90d
    from features
    left join fits_30d on features.as_of_date = fits_30d.as_of_date
    left join fits_90d on features.as_of_date = fits_90d.as_of_date
),

bounded as (
    select
        *,
        {#- The two regressions do not know of each other: who buys nothing in 90 days buys nothing in the first 30 of them. #}
        case when log_odds_90d > log_odds_30d then log_odds_30d else log_odds_90d end as bounded_log_odds_90d
    from weighed
)

select
    customer_id,
    as_of_date,
    1 / (1 + exp(-log_odds_30d)) as churn_probability_30d,
    1 / (1 + exp(-bounded_log_odds_90d)) as churn_probability_90d,
    'churn_logistic' as model_name,
    fit_id_30d,
    fit_id_90d,
    case when not has_silence then null_reason when log_odds_30d is null then 'churn_' || status_30d end as null_reason_30d,
    case when not has_silence then null_reason when log_odds_90d is null then 'churn_' || status_90d end as null_reason_90d
from bounded
