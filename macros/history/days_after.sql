{#- The date so many days after another one. -#}
{% macro days_after(date_column, days) -%}
    cast({{ date_column }} + interval {{ days }} day as date)
{%- endmacro %}
