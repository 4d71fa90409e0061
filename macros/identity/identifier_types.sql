{#-
  The identifiers that identity is resolved over, strongest first: the known customer; unionid, openid and external_userid
  are strong, phone_hash is medium, device_id is weak (tagmart/identity/graph.py).
-#}
{% macro identifier_types() %}
    {{ return(['customer_id', 'unionid', 'openid', 'external_userid', 'phone_hash', 'device_id']) }}
{% endmacro %}

{#- The identifiers of one staged table that occur together, with the date they were seen. -#}
{% macro sighting(model, present, date_column, expressions={}) %}
    select
        {% for identifier in identifier_types() -%}
        {{ expressions.get(identifier, identifier) if identifier in present else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as {{ identifier }},
        {% endfor -%}
        {{ date_column }} as seen_date
    from {{ ref(model) }}
{% endmacro %}
