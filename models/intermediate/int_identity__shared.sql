with observed as (
    select * from {{ ref('int_identity__observed') }}
),

pairs as (
    {% for identifier in identifier_types() if identifier != 'customer_id' %}
        select
            '{{ identifier }}' as identifier_type,
            {{ identifier }} as identifier,
            customer_id
        from observed
        where {{ identifier }} is not null and customer_id is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    identifier_type,
    identifier,
    count(distinct customer_id) as customers_count
from pairs
group by identifier_type, identifier
having count(distinct customer_id) > {{ var('identity_max_customers') }}
