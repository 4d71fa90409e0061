{%- set identifiers = identifier_types() -%}

with observed as (
    select * from {{ ref('int_identity__observed') }}
),

shared as (
    select * from {{ ref('int_identity__shared') }}
),

nodes as (
    select
    {% for identifier in identifiers -%}
            case
                when
                    {{ identifier }} is not null and {{ identifier }} not in (
                        select identifier from shared
                        where identifier_type = '{{ identifier }}'
                    )
                    then '{{ identifier }}:' || {{ identifier }}
            end as {{ identifier }}{{ ',' if not loop.last }}
    
        {% endfor %}
    from observed
),

anchored as (
    select
        *,
        coalesce({{ identifiers | join(', ') }}) as anchor
    from nodes
)

{% for identifier in identifiers -%}
    select distinct
        anchor,
        {{ identifier }} as node
    from anchored
    where {{ identifier }} is not null
    {{ 'union' if not loop.last }}
{% endfor %}
