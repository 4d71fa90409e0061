with days as (
    select * from {{ ref('alert_values') }}
),

weeks as (
    {% for week in range(1, 9) -%}
        select {{ week }} as weeks_back{{ ' union all' if not loop.last }}
    {% endfor %}
),

compared as (
    select
        days.measure_code,
        days.measured_date,
        cast(past.measured_value as double) as past_value
    from days
    cross join weeks
    inner join days as past
        on
            days.measure_code = past.measure_code
            and past.measured_date = cast({{ dbt.dateadd('day', '-7 * weeks.weeks_back', 'days.measured_date') }} as date)
),

medians as (
    select
        measure_code,
        measured_date,
        count(*) as compared_days_count,
        median(past_value) as usual_value
    from compared
    group by measure_code, measured_date
),

{#- Summed as decimals: doubles would add up to something else in another order. #}

spreads as (
    select
        compared.measure_code,
        compared.measured_date,
        median(abs(compared.past_value - medians.usual_value)) as median_deviation,
        cast(sum(cast(abs(compared.past_value - medians.usual_value) as decimal(28, 6))) as double) / count(*) as mean_deviation
    from compared
    inner join medians on compared.measure_code = medians.measure_code and compared.measured_date = medians.measured_date
    group by compared.measure_code, compared.measured_date
),

events as (
    select
        calendar.measured_date,
        min(events.event_code) as event_code
    from {{ ref('daily_calendar') }} as calendar
    inner join {{ ref('calendar_events') }} as events on calendar.measured_date between events.starts_on and events.ends_on
    group by calendar.measured_date
),

scored as (
    select
        days.measure_code,
        days.measured_date,
        days.measured_value,
        coalesce(medians.compared_days_count, 0) as compared_days_count,
        medians.usual_value,
        case
            when medians.compared_days_count < 4 then cast(null as double)
            when spreads.median_deviation > 0 then spreads.median_deviation / 0.6745
            when spreads.mean_deviation > 0 then 1.2533 * spreads.mean_deviation
        end as deviation,
        case
            when medians.compared_days_count < 4 then cast(null as double)
            when spreads.median_deviation > 0 then 0.6745 * (cast(days.measured_value as double) - medians.usual_value) / spreads.median_deviation
            when spreads.mean_deviation > 0 then (cast(days.measured_value as double) - medians.usual_value) / (1.2533 * spreads.mean_deviation)
        end as score,
        events.event_code
    from days
    left join medians on days.measure_code = medians.measure_code and days.measured_date = medians.measured_date
    left join spreads on days.measure_code = spreads.measure_code and days.measured_date = spreads.measured_date
    left join events on days.measured_date = events.measured_date
)

select
    measured_date,
    measure_code,
    measured_value,
    compared_days_count,
    usual_value,
    deviation,
    score,
    case
        when usual_value is null then 'unknown'
        when cast(measured_value as double) > usual_value then 'above'
        when cast(measured_value as double) < usual_value then 'below'
        else 'level'
    end as direction,
    event_code,
    case
        when event_code is not null then 'event'
        when score is null then 'nothing_to_compare'
        when abs(score) > 3.5 then 'alarm'
        else 'usual'
    end as verdict
from scored
