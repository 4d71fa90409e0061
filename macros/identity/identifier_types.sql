{#- The identifiers that identity is resolved over, strongest first. -#}
{% macro identifier_types() %}
    {{ return(['customer_id', 'unionid', 'openid', 'external_userid', 'phone_hash', 'device_id']) }}
{% endmacro %}

{#- The identifiers of one staged table that occur together, with the date they were seen. -#}
{% macro sighting(model, present, date_column, expressions={}) %}
    select
        {% for identifier in identifier_types() -%}
        {% if identifier in present %}{{ expressions.get(identifier, identifier) }}{% else %}cast(null as {{ dbt.type_string() }}){% endif %} as {{ identifier }},
        {% endfor -%}
        {{ date_column }} as seen_date
    from {{ ref(model) }}
{% endmacro %}

{#- Each identifier as a node `type:identifier`, null when it is in the CTE of shared identifiers. -#}
{% macro identifier_nodes(shared) %}
    {% set nodes = [] %}
    {% for identifier in identifier_types() %}
        {% do nodes.append("case when " ~ identifier ~ " is not null and " ~ identifier ~ " not in (select identifier from " ~ shared
            ~ " where identifier_type = '" ~ identifier ~ "') then '" ~ identifier ~ ":' || " ~ identifier ~ " end as " ~ identifier) %}
    {% endfor %}
    {{ return(nodes | join(',\n        ')) }}
{% endmacro %}
