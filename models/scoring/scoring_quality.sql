with dates as (
    select as_of_date from {{ ref('int_as_of_dates') }}
),

scores as (
    {%- for score, days in {'churn_probability_30d': 30, 'churn_probability_90d': 90, 'expected_orders_90d': 90, 'price_sensitivity': 90}.items() %}
        select
            as_of_date,
            '{{ score }}' as score,
            {{ days }} as horizon_days,
            {{ days_after('as_of_date', days) }} as known_from
        from dates
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

cumulated as (
    select
        *,
        sum(weight - happened) over (
            partition by as_of_date, score order by predicted rows between unbounded preceding and current row
        ) as not_happened_so_far
    from {{ ref('score_backtests') }}
),

measured as (
    select
        as_of_date,
        score,
        cast(sum(customers_count) as bigint) as customers_count,
        cast(sum(happened) as bigint) as happened_count,
        cast(sum(weight - happened) as bigint) as not_happened_count,
        sum(happened * (not_happened_so_far - (weight - happened) / 2e0))
        / nullif(cast(sum(happened) as double) * sum(weight - happened), 0) as auc,
        sum(weight * predicted * predicted - 2 * predicted * seen + seen) / sum(weight) as brier,
        sum(predicted * weight) / nullif(sum(seen), 0) as sum_ratio
    from cumulated
    group by as_of_date, score
),

calibration as (
    select
        as_of_date,
        score,
        sum(weight * abs(predicted_mean - seen_mean)) / sum(weight) as expected_calibration_error
    from {{ ref('scoring_calibration') }}
    group by as_of_date, score
),

{# What is known of a score at a date: how it did at the latest date whose horizon was over by then. #}
evaluated as (
    select
        asked.as_of_date,
        asked.score,
        asked.horizon_days,
        max(measured.as_of_date) as evaluated_on
    from scores as asked
    left join scores as earlier on asked.score = earlier.score and asked.as_of_date >= earlier.known_from
    left join measured on earlier.score = measured.score and earlier.as_of_date = measured.as_of_date
    group by asked.as_of_date, asked.score, asked.horizon_days
),

judged as (
    select
        evaluated.as_of_date,
        evaluated.score,
        evaluated.horizon_days,
        evaluated.evaluated_on,
        measured.customers_count,
        measured.happened_count,
        measured.auc,
        case when evaluated.score <> 'expected_orders_90d' then measured.brier end as brier,
        calibration.expected_calibration_error,
        measured.sum_ratio,
        coalesce(measured.customers_count >= 200 and least(measured.happened_count, measured.not_happened_count) >= 30, false) as is_enough
    from evaluated
    left join measured on evaluated.score = measured.score and evaluated.evaluated_on = measured.as_of_date
    left join calibration on evaluated.score = calibration.score and evaluated.evaluated_on = calibration.as_of_date
)

select
    *,
    case
        when not is_enough then 'not_enough_data'
        when auc >= 0.6 and sum_ratio between 0.9 and 1.1 and (expected_calibration_error <= 0.05 or score = 'expected_orders_90d') then 'use'
        else 'use_with_care'
    end as verdict
from judged
