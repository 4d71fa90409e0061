{#- Every business day from the first that anything is measured on to the newest date, also those on which nothing happened. -#}
{%- set firsts = {
    'int_contact_spells__dated': 'begun_date', 'int_group_chats__dated': 'created_date',
    'int_orders__validated': 'ordered_date', 'int_touchpoints__unified': 'occurred_date'
} -%}

with first_days as (
    {% for model, first_date in firsts.items() -%}
        select min({{ first_date }}) as first_date from {{ ref(model) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

span as (
    select
        min(first_days.first_date) as first_date,
        max(newest.as_of_date) as last_date
    from first_days
    inner join {{ ref('int_as_of_dates') }} as newest on newest.is_current
),

digits as (
    {% for digit in range(10) -%}
        select {{ digit }} as digit{{ ' union all' if not loop.last }}
    {% endfor %}
),

numbers as (
    select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit + 10000 * myriads.digit as number
    from digits as ones
    {% for power in ['tens', 'hundreds', 'thousands', 'myriads'] -%}
        cross join digits as {{ power }}
    {% endfor %}
)

select cast({{ dbt.dateadd('day', 'numbers.number', 'span.first_date') }} as date) as measured_date
from span
inner join numbers on numbers.number <= {{ dbt.datediff('span.first_date', 'span.last_date', 'day') }}
