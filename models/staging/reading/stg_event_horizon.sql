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
        events_count,
        {{ dbt.datediff('lag(event_date) over (order by event_date nulls last)', 'event_date', 'day') }} as days_since_previous,
        sum(events_count) over (order by event_date nulls last rows between current row and unbounded following) as events_from_here,
        sum(events_count) over () as events_in_all
    from daily
),

thin_tails as (
    select min(event_date) as rejected_from_date
    from gaps
    where
        days_since_previous > {{ var('max_date_gap_days') }}
        and events_from_here * 100 < events_in_all
),

{#-
  In a small brand nothing is below 1 %. So what is left is seen as islands in time, and from the end on an island of a few
  events far from all before it is cut off, until one is not: what was cut off is no reason to believe what comes before it.
  Never more is cut off than stays: among a handful of events the early dates are as likely the wrong ones.
#}

left_over as (
    select
        gaps.event_date,
        gaps.events_count,
        sum(case when gaps.days_since_previous > 10 * {{ var('max_date_gap_days') }} then 1 else 0 end)
            over (order by gaps.event_date nulls last rows between unbounded preceding and current row) as island
    from gaps
    cross join thin_tails
    where gaps.event_date < thin_tails.rejected_from_date or thin_tails.rejected_from_date is null
),

islands as (
    select
        island,
        min(event_date) as first_date,
        sum(events_count) as events_count,
        sum(sum(events_count)) over (order by island nulls last rows between unbounded preceding and 1 preceding) as events_before,
        sum(sum(events_count)) over (order by island nulls last rows between current row and unbounded following) as events_from_here
    from left_over
    group by island
),

islands_from_the_end as (
    select
        first_date,
        sum(case when events_count <= 3 and events_from_here <= events_before then 0 else 1 end)
            over (order by island nulls last rows between current row and unbounded following) as lasting_islands_from_here
    from islands
),

far_tails as (
    select min(first_date) as rejected_from_date
    from islands_from_the_end
    where lasting_islands_from_here = 0
),

cut as (
    select coalesce(far_tails.rejected_from_date, thin_tails.rejected_from_date) as rejected_from_date
    from far_tails
    cross join thin_tails
)

{% if var('as_of_date') %}
select
    cast('{{ var("as_of_date") }}' as date) as newest_date,
    cast(null as date) as rejected_from_date
from cut
{% else %}
    select
        (
            select max(daily.event_date)
            from daily
            where daily.event_date < cut.rejected_from_date or cut.rejected_from_date is null
        ) as newest_date,
        rejected_from_date
    from cut
{% endif %}
