{#- A customer lacks a row at a date, or has one too many: a wrong or killed incremental run left a hole in history. -#}
{%- set measures = [
    'int_interactions__measured', 'int_contacts__measured', 'int_refunds__measured',
    'int_preferences__measured', 'int_rhythms__measured',
] -%}

with valid_orders as (
    select
        customer_id,
        ordered_date
    from {{ ref('int_orders__validated') }}
    where is_valid
),

refunded as (
    select customer_id
    from {{ ref('int_refunds__dated') }}
    where is_valid
),

firsts as (
    select
        'int_interactions__measured' as model_name,
        customer_id,
        min(activity_date) as first_date
    from {{ ref('int_customer_days') }}
    group by customer_id
    union all
    select
        'int_contacts__measured' as model_name,
        customer_id,
        min(event_date) as first_date
    from {{ ref('int_contacts__dated') }}
    group by customer_id
    union all
    select
        'int_refunds__measured' as model_name,
        customer_id,
        min(ordered_date) as first_date
    from valid_orders
    where customer_id in (select customer_id from refunded)
    group by customer_id
),

expected as (
    select
        firsts.model_name,
        dates.as_of_date,
        count(*) as customers_count
    from firsts
    inner join {{ ref('int_as_of_dates') }} as dates on firsts.first_date <= dates.as_of_date
    group by firsts.model_name, dates.as_of_date
    union all
    {#- A favourite hour has every buyer, a rhythm every buyer with purchases on two days. #}
    select
        'int_preferences__measured' as model_name,
        as_of_date,
        count(*) as customers_count
    from {{ ref('int_orders__measured') }}
    group by as_of_date
    union all
    select
        'int_rhythms__measured' as model_name,
        as_of_date,
        count(*) as customers_count
    from {{ ref('int_orders__measured') }}
    where first_order_date < last_order_date
    group by as_of_date
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
