{#- A 64-bit hash of some columns, the same within one engine; only compared with itself, never shown. -#}
{% macro row_hash(columns) %}{{ return(adapter.dispatch('row_hash')(columns)) }}{% endmacro %}

{% macro default__row_hash(columns) %}{{ return("hash(" ~ (columns | join(', ')) ~ ")") }}{% endmacro %}

{% macro spark__row_hash(columns) %}{{ return("xxhash64(" ~ (columns | join(', ')) ~ ")") }}{% endmacro %}

{#- The hashes of all rows of a group as one number: the same for the same rows in any order. -#}
{% macro hash_sum(columns) %}{{ return("sum(cast(" ~ row_hash(columns) ~ " as " ~ type_hash_sum() ~ "))") }}{% endmacro %}
