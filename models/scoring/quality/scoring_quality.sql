{%- set no_number = 'cast(null as double)' %}

with asked as (
    select
        dates.as_of_date,
        scores.score,
        scores.horizon_days,
        scores.is_chance
    from {{ ref('int_as_of_dates') }} as dates
    cross join {{ ref('scoring_scores') }} as scores
),

evaluated as (
    select * from {{ ref('scoring_quality__evaluated') }}
),

{# What is known of a score at a date: how it did at the latest date whose horizon was over by then. #}
latest as (
    select
        asked.as_of_date,
        asked.score,
        asked.horizon_days,
        asked.is_chance,
        max(evaluated.evaluated_on) as evaluated_on
    from asked
    left join evaluated
        on
            asked.score = evaluated.score
            and {{ dbt.datediff('evaluated.evaluated_on', 'asked.as_of_date', 'day') }} >= asked.horizon_days
    group by asked.as_of_date, asked.score, asked.horizon_days, asked.is_chance
),

judged as (
    select
        latest.*,
        evaluated.customers_count,
        evaluated.happened_count,
        evaluated.auc,
        evaluated.brier,
        evaluated.expected_calibration_error,
        evaluated.calibration_error_by_chance,
        evaluated.sum_ratio,
        coalesce(evaluated.customers_count >= 200 and least(evaluated.happened_count, evaluated.not_happened_count) >= 30, false) as is_enough
    from latest
    left join evaluated on latest.score = evaluated.score and latest.evaluated_on = evaluated.evaluated_on
)

select
    as_of_date,
    score,
    horizon_days,
    evaluated_on,
    customers_count,
    happened_count,
    auc,
    brier,
    expected_calibration_error,
    calibration_error_by_chance,
    sum_ratio,
    {{ no_number }} as hit_rate,
    {{ no_number }} as popularity_hit_rate,
    {{ no_number }} as own_frequency_hit_rate,
    is_enough,
    case
        when not is_enough then 'not_enough_data'
        when auc >= 0.6 and sum_ratio between 0.9 and 1.1 and (expected_calibration_error <= 0.05 or not is_chance) then 'use'
        else 'use_with_care'
    end as verdict
from judged
union all
select
    as_of_date,
    'next_product_' || kind as score,
    30 as horizon_days,
    evaluated_on,
    customers_count,
    cast(null as bigint) as happened_count,
    {{ no_number }} as auc,
    {{ no_number }} as brier,
    {{ no_number }} as expected_calibration_error,
    {{ no_number }} as calibration_error_by_chance,
    {{ no_number }} as sum_ratio,
    hit_rate,
    popularity_hit_rate,
    own_frequency_hit_rate,
    verdict <> 'not_enough_data' as is_enough,
    verdict
from {{ ref('scoring_next_product') }}
