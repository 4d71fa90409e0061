{#-
  A hash of some columns as a bigint, the same within one engine; only compared with itself, never shown. Hashed twice: DuckDB
  puts the last column to the others by xor, so that a change of it in two rows would cancel out.
-#}
{% macro row_hash(columns) %}
    {% set listed = columns | join(', ') %}
    {{ return(by_engine("cast(hash(hash(" ~ listed ~ ")) >> 1 as bigint)", spark="xxhash64(" ~ listed ~ ")")) }}
{% endmacro %}

{#-
  The hashes of all rows of a group as one number: the same for the same rows in any order. The columns must
  hold a key: two equal rows would cancel out.
-#}
{% macro rows_hash(columns) %}{{ return("bit_xor(" ~ row_hash(columns) ~ ")") }}{% endmacro %}

{#- The same for rows without a key: they add up. -#}
{% macro hash_sum(columns) %}{{ return("sum(cast(" ~ row_hash(columns) ~ " as " ~ type_wide_integer() ~ "))") }}{% endmacro %}
