{#- A 64-bit hash of some columns, the same within one engine; only compared with itself, never shown. -#}
{% macro row_hash(columns) %}{{ return(adapter.dispatch('row_hash')(columns)) }}{% endmacro %}

{% macro default__row_hash(columns) %}{{ return("hash(" ~ (columns | join(', ')) ~ ")") }}{% endmacro %}

{% macro spark__row_hash(columns) %}{{ return("xxhash64(" ~ (columns | join(', ')) ~ ")") }}{% endmacro %}
