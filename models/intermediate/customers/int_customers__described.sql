{%- set attributes = ['gender', 'birth_date', 'province', 'city', 'occupation', 'marital_status', 'member_level', 'source_channel', 'referrer_customer_id'] -%}

with people as (
    select
        identifier,
        customer_id
    from {{ ref('int_identity__resolved') }}
    where identifier_type = 'customer_id'
),

registrations as (
    select
        people.customer_id as resolved_customer_id,
        customers.*
    from {{ ref('stg_customers') }} as customers
    inner join people on customers.customer_id = people.identifier
    where {{ is_until_newest('customers.registered_date') }} or customers.registered_date is null
)

select
    resolved_customer_id as customer_id,
    {#- People who registered twice: the smallest customer_id speaks first, the others fill its blanks. #}
    {% for attribute in attributes -%}
        min_by({{ attribute }}, customer_id) filter (where {{ attribute }} is not null) as {{ attribute }},
    {% endfor -%}
    max(followers_count) as followers_count,
    min(registered_date) as registered_date,
    count(*) as registrations_count
from registrations
group by resolved_customer_id
