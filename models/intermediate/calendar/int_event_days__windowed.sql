{#- An event is in few windows, however long the history is: an equality join on the day instead of a range join of all events. #}

with dates as (
    select as_of_date from {{ ref('int_as_of_dates') }}
),

event_days as (
    select event_date from {{ ref('int_event_days__entered') }}
)

select
    event_days.event_date,
    dates.as_of_date,
    {{ dbt.datediff('event_days.event_date', 'dates.as_of_date', 'day') }} as days_before
from event_days
inner join dates
    on
        event_days.event_date <= dates.as_of_date
        and dates.as_of_date < {{ days_after('event_days.event_date', 365) }}
