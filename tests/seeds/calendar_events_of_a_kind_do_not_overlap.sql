{#- Two events of one kind share a day: its sales count twice, and neither has one event a year before to compare with. -#}
with events as (
    select
        event_code,
        event_kind,
        starts_on,
        max(ends_on) over (
            partition by event_kind order by starts_on asc nulls last, event_code asc nulls last rows between unbounded preceding and 1 preceding
        ) as ended_on
    from {{ ref('calendar_events') }}
)

select *
from events
where starts_on <= ended_on
