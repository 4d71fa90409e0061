{#- A whole number wider than bigint. -#}
{% macro type_wide_integer() %}{{ return(adapter.dispatch('type_wide_integer')()) }}{% endmacro %}

{% macro default__type_wide_integer() %}{{ return('hugeint') }}{% endmacro %}

{% macro spark__type_wide_integer() %}{{ return('decimal(38, 0)') }}{% endmacro %}
