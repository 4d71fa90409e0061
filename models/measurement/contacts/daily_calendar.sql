{#- Every business day from the first that anything is measured on to the newest date, also those on which nothing happened. -#}
with newest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

first_days as (
    select min(begun_date) as first_date from {{ ref('int_contact_spells__dated') }}
    union all
    select min(created_date) as first_date from {{ ref('int_group_chats__dated') }}
    union all
    select min(ordered_date) as first_date from {{ ref('int_orders__validated') }}
    union all
    select min(occurred_date) as first_date from {{ ref('int_touchpoints__unified') }}
),

span as (
    select
        min(first_days.first_date) as first_date,
        max(newest.as_of_date) as last_date
    from first_days
    cross join newest
),

digits as (
    {% for digit in range(10) -%}
        select {{ digit }} as digit{{ ' union all' if not loop.last }}
    {% endfor %}
),

numbers as (
    select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit + 10000 * myriads.digit as number
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
    cross join digits as thousands
    cross join digits as myriads
)

select cast({{ dbt.dateadd('day', 'numbers.number', 'span.first_date') }} as date) as measured_date
from span
inner join numbers on numbers.number <= {{ dbt.datediff('span.first_date', 'span.last_date', 'day') }}
