with orders as (
    select min(ordered_date) as first_date
    from {{ ref('int_orders__validated') }}
    where is_valid
),

newest as (
    select as_of_date as newest_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

{%- set digits = 'select ' ~ range(10) | join(' as digit union all select ') ~ ' as digit' %}

numbers as (
    select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as number_from_0
    from ({{ digits }}) as ones
    cross join ({{ digits }}) as tens
    cross join ({{ digits }}) as hundreds
    cross join ({{ digits }}) as thousands
),

month_ends as (
    select {{ last_day_of_month('orders.first_date', 'numbers.number_from_0') }} as ends_date
    from orders
    cross join numbers
    where numbers.number_from_0 < 1800
),

mondays as (
    select cast({{ dbt.dateadd('day', '7 * numbers.number_from_0', week_of('orders.first_date')) }} as date) as starts_date
    from orders
    cross join numbers
),

candidates as (
    select
        'month_' || substring(cast(ends_date as {{ dbt.type_string() }}), 1, 7) as period_code,
        'month' as period_kind,
        'month' as event_kind,
        substring(cast(ends_date as {{ dbt.type_string() }}), 1, 7) as name_en,
        substring(cast(ends_date as {{ dbt.type_string() }}), 1, 4) || '年' || substring(cast(ends_date as {{ dbt.type_string() }}), 6, 2) || '月' as name_zh,
        cast({{ dbt.date_trunc('month', 'ends_date') }} as date) as starts_date,
        ends_date
    from month_ends
    union all
    select
        'week_' || cast(starts_date as {{ dbt.type_string() }}) as period_code,
        'week' as period_kind,
        'week' as event_kind,
        'Week of ' || cast(starts_date as {{ dbt.type_string() }}) as name_en,
        cast(starts_date as {{ dbt.type_string() }}) || '起一周' as name_zh,
        starts_date,
        {{ days_after('starts_date', 6) }} as ends_date
    from mondays
    union all
    select
        event_code as period_code,
        'event' as period_kind,
        event_kind,
        name_en,
        name_zh,
        starts_on as starts_date,
        ends_on as ends_date
    from {{ ref('calendar_events') }}
)

select
    candidates.period_code,
    candidates.period_kind,
    candidates.event_kind,
    candidates.name_en,
    candidates.name_zh,
    candidates.starts_date,
    candidates.ends_date,
    {{ dbt.datediff('candidates.starts_date', 'candidates.ends_date', 'day') }} + 1 as days_count,
    candidates.starts_date >= orders.first_date as is_begun_after_the_first_order,
    candidates.ends_date <= newest.newest_date as is_complete
from candidates
cross join orders
cross join newest
where candidates.ends_date >= orders.first_date and candidates.starts_date <= newest.newest_date
