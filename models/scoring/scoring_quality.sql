{%- set backtested = backtested_scores() %}
{%- set kinds = ['habit', 'novel'] %}
{%- set no_number = 'cast(null as double)' %}

with dates as (
    select as_of_date from {{ ref('int_as_of_dates') }}
),

scores as (
    {%- for score in backtested %}
        select
            as_of_date,
            '{{ score.score }}' as score,
            {{ score.horizon_days }} as horizon_days,
            {{ score.is_chance | lower }} as is_chance,
            {{ days_after('as_of_date', score.horizon_days) }} as known_from
        from dates
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

measured as (
    select * from {{ ref('scoring_quality__measured') }}
),

{# What is known of a score at a date: how it did at the latest date whose horizon was over by then. #}
evaluated as (
    select
        asked.as_of_date,
        asked.score,
        asked.horizon_days,
        asked.is_chance,
        max(measured.as_of_date) as evaluated_on
    from scores as asked
    left join scores as earlier on asked.score = earlier.score and asked.as_of_date >= earlier.known_from
    left join measured on earlier.score = measured.score and earlier.as_of_date = measured.as_of_date
    group by asked.as_of_date, asked.score, asked.horizon_days, asked.is_chance
),

judged as (
    select
        evaluated.*,
        measured.customers_count,
        measured.happened_count,
        measured.auc,
        measured.brier,
        measured.expected_calibration_error,
        measured.calibration_error_by_chance,
        measured.sum_ratio,
        coalesce(measured.customers_count >= 200 and least(measured.happened_count, measured.not_happened_count) >= 30, false) as is_enough
    from evaluated
    left join measured on evaluated.score = measured.score and evaluated.evaluated_on = measured.as_of_date
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
{%- for kind in kinds %}
    union all
    select
        dates.as_of_date,
        'next_product_{{ kind }}' as score,
        30 as horizon_days,
        products.evaluated_on,
        products.customers_count,
        cast(null as bigint) as happened_count,
        {{ no_number }} as auc,
        {{ no_number }} as brier,
        {{ no_number }} as expected_calibration_error,
        {{ no_number }} as calibration_error_by_chance,
        {{ no_number }} as sum_ratio,
        products.hit_rate,
        products.popularity_hit_rate,
        products.own_frequency_hit_rate,
        coalesce(products.verdict <> 'not_enough_data', false) as is_enough,
        coalesce(products.verdict, 'not_enough_data') as verdict
    from dates
    left join {{ ref('scoring_next_product') }} as products on dates.as_of_date = products.as_of_date and products.kind = '{{ kind }}'
{%- endfor %}
