{{ config(materialized='table') }}

with daily as (
    select
        event_date,
        sum(events_count) as events_count
    from {{ ref('stg_raw_days') }}
    where event_date >= cast('{{ var("earliest_date") }}' as date)
    group by event_date
),

gaps as (
    select
        event_date,
        {{ dbt.datediff('lag(event_date) over (order by event_date)', 'event_date', 'day') }} as days_since_previous,
        sum(events_count) over (order by event_date rows between current row and unbounded following) as events_from_here,
        sum(events_count) over () as events_in_all
    from daily
),

thin_tails as (
    select min(event_date) as rejected_from_date
    from gaps
    where
        days_since_previous > {{ var('max_date_gap_days') }}
        and events_from_here * 100 < events_in_all
)

{% if var('as_of_date') %}
select
    cast('{{ var("as_of_date") }}' as date) as newest_date,
    cast(null as date) as rejected_from_date
from thin_tails
{% else %}
    select
        (
            select max(daily.event_date) from daily
            where daily.event_date < thin_tails.rejected_from_date or thin_tails.rejected_from_date is null
        ) as newest_date,
        rejected_from_date
    from thin_tails
{% endif %}
