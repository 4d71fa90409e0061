with dates as (
    select * from {{ ref('int_as_of_dates') }}
),

settings as (
    select {{ settings_fingerprint() }} as settings_text
),

summed as (
    select
        dates.as_of_date,
        dates.is_current,
        sum(event_days.day_fingerprint) as history_hash
    from dates
    left join {{ ref('int_event_days') }} as event_days on dates.as_of_date >= event_days.event_date
    group by dates.as_of_date, dates.is_current
)

select
    summed.as_of_date,
    summed.is_current,
    md5(concat_ws(
        '|',
        cast(summed.history_hash as {{ dbt.type_string() }}),
        cast(summed.is_current as {{ dbt.type_string() }}),
        settings.settings_text
    )) as input_fingerprint
from summed
cross join settings
