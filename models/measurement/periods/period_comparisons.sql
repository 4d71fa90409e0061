with periods as (
    select * from {{ ref('periods') }}
),

as_of_dates as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where as_of_date = {{ last_day_of_month('as_of_date', '0') }}
),

{#- Month-ends only: a newest date within a month is forgotten later, and the row would come out otherwise. #}

closings as (
    select
        periods.period_code,
        max(as_of_dates.as_of_date) as closing_as_of_date
    from periods
    left join as_of_dates on periods.ends_date >= as_of_dates.as_of_date
    group by periods.period_code
),

a_year_apart as (
    select
        later.period_code,
        min_by(
            earlier.period_code,
            {{ in_order(["abs(" ~ dbt.datediff('earlier.starts_date', 'later.starts_date', 'day') ~ " - 365)", 'earlier.period_code']) }}
        ) as from_period_code
    from periods as later
    inner join periods as earlier on later.event_kind = earlier.event_kind
    where
        later.period_kind = 'event'
        and {{ dbt.datediff('earlier.starts_date', 'later.starts_date', 'day') }} between 344 and 386
    group by later.period_code
),

one_before as (
    select
        period_code,
        lag(period_code) over (partition by event_kind order by starts_date nulls last, period_code nulls last) as from_period_code
    from periods
    where period_kind = 'event'
),

pairs as (
    select
        later.period_code,
        'before' as comparison_code,
        earlier.period_code as from_period_code
    from periods as later
    inner join periods as earlier
        on later.event_kind = earlier.event_kind and later.starts_date = {{ days_after('earlier.ends_date', 1) }}
    where later.period_kind in ('month', 'week')
    union all
    select
        later.period_code,
        'year_before' as comparison_code,
        earlier.period_code as from_period_code
    from periods as later
    inner join periods as earlier on later.event_kind = earlier.event_kind
    where
        later.period_kind = 'month' and earlier.ends_date = {{ last_day_of_month('later.ends_date', '-12') }}
        or later.period_kind = 'week' and later.starts_date = {{ days_after('earlier.starts_date', 364) }}
    union all
    select
        period_code,
        'year_before' as comparison_code,
        from_period_code
    from a_year_apart
    union all
    select
        one_before.period_code,
        'before' as comparison_code,
        one_before.from_period_code
    from one_before
    left join a_year_apart on one_before.period_code = a_year_apart.period_code
    where one_before.from_period_code is not null and one_before.from_period_code is distinct from a_year_apart.from_period_code
)

select
    pairs.period_code,
    pairs.comparison_code,
    pairs.from_period_code,
    later.period_kind,
    later.event_kind,
    later.starts_date,
    later.ends_date,
    earlier.starts_date as from_starts_date,
    earlier.ends_date as from_ends_date,
    closings.closing_as_of_date,
    from_closings.closing_as_of_date as from_closing_as_of_date
from pairs
inner join periods as later on pairs.period_code = later.period_code
inner join periods as earlier on pairs.from_period_code = earlier.period_code
inner join closings on pairs.period_code = closings.period_code
inner join closings as from_closings on pairs.from_period_code = from_closings.period_code
where later.is_complete and earlier.is_complete and earlier.is_begun_after_the_first_order
