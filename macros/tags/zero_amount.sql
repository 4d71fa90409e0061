{#- Money that is zero, not null, for those who have none. -#}
{% macro zero_amount(column) %}
    {{ return("cast(coalesce(" ~ column ~ ", 0) as decimal(18, 4))") }}
{% endmacro %}
