{#- A number with its noun as text: '1 day', '3 days'. -#}
{% macro counted(number, noun) -%}
    (cast({{ number }} as {{ dbt.type_string() }}) || case when {{ number }} = 1 then ' {{ noun }}' else ' {{ noun }}s' end)
{%- endmacro %}
