{#- A customer lacks a row at a date, or has one too many: a wrong or killed incremental run left a hole in history. -#}
{%- set measures = {
    'int_interactions__measured': 'customer days',
    'int_contacts__measured': 'contacts',
    'int_orders__measured': 'valid orders',
    'int_refunds__measured': 'valid orders',
    'int_preferences__measured': 'valid orders',
    'int_rhythms__measured': 'valid orders',
} -%}

with firsts as (
    select
        'customer days' as counted_from,
        customer_id,
        min(activity_date) as first_date
    from {{ ref('int_customer_days') }}
    group by customer_id
    union all
    select
        'contacts' as counted_from,
        customer_id,
        min(event_date) as first_date
    from {{ ref('int_contacts__dated') }}
    group by customer_id
    union all
    select
        'valid orders' as counted_from,
        customer_id,
        min(ordered_date) as first_date
    from {{ ref('int_orders__validated') }}
    where is_valid and customer_id is not null
    group by customer_id
),

sources as (
    {% for model, counted_from in measures.items() %}
        select
            '{{ model }}' as model_name,
            '{{ counted_from }}' as counted_from
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

expected as (
    select
        sources.model_name,
        dates.as_of_date,
        count(*) as customers_count
    from sources
    inner join firsts on sources.counted_from = firsts.counted_from
    inner join {{ ref('int_as_of_dates') }} as dates on firsts.first_date <= dates.as_of_date
    group by sources.model_name, dates.as_of_date
),

measured as (
    {% for model in measures %}
        select
            '{{ model }}' as model_name,
            as_of_date,
            count(*) as customers_count
        from {{ ref(model) }}
        group by as_of_date
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    coalesce(expected.model_name, measured.model_name) as model_name,
    coalesce(expected.as_of_date, measured.as_of_date) as as_of_date,
    expected.customers_count as expected_count,
    measured.customers_count as measured_count
from expected
full outer join measured
    on expected.model_name = measured.model_name and expected.as_of_date = measured.as_of_date
where coalesce(expected.customers_count, 0) <> coalesce(measured.customers_count, 0)
