{#- A type wide enough for a sum of 64-bit hashes over any table. -#}
{% macro type_hash_sum() %}{{ return(adapter.dispatch('type_hash_sum')()) }}{% endmacro %}

{% macro default__type_hash_sum() %}{{ return('hugeint') }}{% endmacro %}

{% macro spark__type_hash_sum() %}{{ return('decimal(38, 0)') }}{% endmacro %}
