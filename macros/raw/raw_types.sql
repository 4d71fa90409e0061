{#- The types that raw columns arrive in: DuckDB's names, in lower case. -#}
{% macro is_time_type(raw_type) %}{{ return(raw_type.startswith('timestamp') or raw_type == 'date') }}{% endmacro %}

{% macro is_whole_type(raw_type) %}
    {{ return(raw_type in ['tinyint', 'smallint', 'int', 'integer', 'bigint', 'hugeint', 'utinyint', 'usmallint', 'uinteger', 'ubigint', 'uhugeint']) }}
{% endmacro %}

{% macro is_double_type(raw_type) %}{{ return(raw_type in ['double', 'float', 'real']) }}{% endmacro %}

{% macro is_number_type(raw_type) %}{{ return(is_whole_type(raw_type) or is_double_type(raw_type) or raw_type.startswith('decimal')) }}{% endmacro %}

{% macro is_typed_already(kind, raw_type) %}
    {{ return((kind == 'time' and is_time_type(raw_type)) or (kind == 'number' and is_number_type(raw_type))) }}
{% endmacro %}

{#-
  A typed raw value as text. Whole doubles read as the integers they were (one null in an integer column makes pandas
  write doubles), as far as a double, or a float, is exact; beyond that in scientific notation, in which no identifier
  is readable. NaN and infinity are nothing.
-#}
{% macro text_of(value, raw_type) %}
    {% if raw_type in ['varchar', 'string', 'text'] %}{{ return(value) }}{% endif %}
    {% set text = "cast(" ~ value ~ " as " ~ dbt.type_string() ~ ")" %}
    {% if not is_double_type(raw_type) %}{{ return(text) }}{% endif %}
    {% set exact_to = '9007199254740992' if raw_type == 'double' else '16777216' %}
    {{ return("case when not " ~ is_finite(value) ~ " then null when abs(" ~ value ~ ") <= " ~ exact_to ~ " and " ~ value ~ " = floor(" ~ value
        ~ ") then cast(try_cast(" ~ value ~ " as bigint) as " ~ dbt.type_string() ~ ") when abs(" ~ value ~ ") <= " ~ exact_to ~ " then " ~ text
        ~ " when " ~ text ~ " like '%e%' then " ~ text ~ " else " ~ text ~ " || 'e+0' end") }}
{% endmacro %}
