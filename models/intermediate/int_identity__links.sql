{%- set identifiers = identifier_types() -%}

with observed as (
    select * from {{ ref('int_identity__observed') }}
),

shared as (
    select * from {{ ref('int_identity__shared') }}
),

nodes as (
    select {{ identifier_nodes('shared') }}
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
