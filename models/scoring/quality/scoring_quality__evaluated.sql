with cumulated as (
    select
        *,
        sum(weight - happened) over (
            partition by as_of_date, score order by predicted nulls last rows between unbounded preceding and current row
        ) as not_happened_so_far
    from {{ ref('scoring_backtests') }}
),

errors as (
    select
        as_of_date,
        score,
        cast(sum(customers_count) as bigint) as customers_count,
        cast(sum(happened) as bigint) as happened_count,
        cast(sum(weight - happened) as bigint) as not_happened_count,
        sum(happened * (not_happened_so_far - (weight - happened) / 2e0))
        / nullif(cast(sum(happened) as double) * sum(weight - happened), 0) as auc,
        case
            when is_chance then {{ exact_sum('weight * predicted * predicted - 2 * predicted * seen + seen') }} / sum(weight)
        end as brier,
        {{ exact_sum('predicted * weight') }} / nullif(sum(seen), 0) as sum_ratio
    from cumulated
    group by as_of_date, score, is_chance
),

calibration as (
    select
        as_of_date,
        score,
        {{ exact_sum('weight * abs(predicted_mean - seen_mean)') }} / sum(weight) as expected_calibration_error,
        {{ exact_sum('weight * gap_by_chance') }} / sum(weight) as calibration_error_by_chance
    from {{ ref('scoring_calibration') }}
    group by as_of_date, score
)

select
    errors.as_of_date as evaluated_on,
    errors.score,
    errors.customers_count,
    errors.happened_count,
    errors.not_happened_count,
    errors.auc,
    errors.brier,
    errors.sum_ratio,
    calibration.expected_calibration_error,
    calibration.calibration_error_by_chance
from errors
inner join calibration on errors.as_of_date = calibration.as_of_date and errors.score = calibration.score
