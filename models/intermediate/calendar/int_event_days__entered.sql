with dates as (
    select as_of_date from {{ ref('int_as_of_dates') }}
),

event_days as (
    select distinct activity_date as event_date
    from {{ ref('int_customer_days') }}
)

select
    event_days.event_date,
    min(dates.as_of_date) as enters
from event_days
inner join dates on event_days.event_date <= dates.as_of_date
group by event_days.event_date
