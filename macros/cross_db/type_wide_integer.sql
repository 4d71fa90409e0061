{#- A whole number wider than bigint. -#}
{% macro type_wide_integer() %}{{ return(by_engine('hugeint', spark='decimal(38, 0)')) }}{% endmacro %}
