{%- set identifiers = identifier_types() -%}

with observed as (
    select * from {{ ref('int_identity__observed') }}
)

{#- An identifier with itself is a row too: it says that there is one, and since when. #}
{% for anchor in identifiers -%}
    {% set is_last_anchor = loop.last -%}
    {% for node in identifiers[loop.index0:] -%}
        select
            '{{ anchor }}:' || {{ anchor }} as anchor,
            '{{ node }}:' || {{ node }} as node,
            min(first_seen_date) as first_seen_date
        from observed
        where {{ anchor }} is not null and {{ node }} is not null
        group by {{ anchor }}{{ ', ' ~ node if node != anchor }}
        {{ 'union all' if not (is_last_anchor and loop.last) }}
    {% endfor %}
{% endfor %}
