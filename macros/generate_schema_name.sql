{#- Each folder is its own schema, without the target's name in front: tags.customer_tags everywhere. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ target.schema if custom_schema_name is none else custom_schema_name | trim }}
{%- endmacro %}
