{#-
  A raw value as its contract type: null when it cannot be read (then the row is rejected as
  unreadable_value). `raw_type` is the engine's type of the raw column; text is trimmed, blank is null.
  Numbers are read as numbers from numeric columns only, so a boolean or a date is no amount. Ids that
  pandas turned into doubles (one null in an integer column does it) read as the integers they were,
  and NaN among them as null: else '17850.0' would be nobody's id and 'nan' one big customer.
  NaN is asked for by name, since Parquet statistics leave it out: DuckDB concludes from them that no cast
  of the column can fail, and answers `is null` with false for the null that it then gives.
-#}
{% macro typed_value(column, contract_type, raw_type) %}
    {% set text = "nullif(trim(cast(" ~ column ~ " as " ~ dbt.type_string() ~ ")), '')" %}
    {% set is_time = raw_type.startswith('timestamp') or raw_type == 'date' %}
    {% set is_integer = raw_type in ['tinyint', 'smallint', 'int', 'integer', 'bigint', 'hugeint', 'utinyint', 'usmallint', 'uinteger', 'ubigint', 'uhugeint'] %}
    {% set is_double = raw_type in ['double', 'float', 'real'] %}
    {% if contract_type == 'text' and is_double %}
        {{ return("case when isnan(" ~ column ~ ") then null when abs(" ~ column ~ ") < 1e15 and " ~ column ~ " = floor(" ~ column ~ ") then cast(try_cast(" ~ column
            ~ " as bigint) as " ~ dbt.type_string() ~ ") when abs(" ~ column ~ ") < 1e300 then " ~ text ~ " end") }}
    {% elif contract_type == 'text' %}{{ return(text) }}
    {% elif contract_type == 'timestamp' %}{{ return(utc_timestamp(column if is_time else text, raw_type if is_time else 'text')) }}
    {% elif contract_type == 'date' %}{{ return("cast(" ~ utc_timestamp(column if is_time else text, raw_type if is_time else 'text') ~ " as date)") }}
    {% elif contract_type == 'money' and is_double %}{{ return("case when not isnan(" ~ column ~ ") then try_cast(" ~ column ~ " as decimal(18, 4)) end") }}
    {% elif contract_type == 'money' %}{{ return("try_cast(" ~ (column if is_integer or raw_type.startswith('decimal') else text) ~ " as decimal(18, 4))") }}
    {% elif contract_type == 'number' %}
        {% set number = "try_cast(" ~ text ~ " as double)" %}
        {{ return("case when abs(" ~ number ~ ") < 1e300 then " ~ number ~ " end") }}
    {% elif contract_type == 'integer' and is_integer %}{{ return("try_cast(" ~ column ~ " as bigint)") }}
    {% elif contract_type == 'integer' %}
        {% set number = "try_cast(" ~ text ~ " as decimal(38, 19))" %}
        {{ return("case when " ~ number ~ " = floor(" ~ number ~ ") then try_cast(" ~ number ~ " as bigint) end") }}
    {% endif %}
    {{ exceptions.raise_compiler_error("macros/raw/raw_contract.sql: column " ~ column ~ " has the unknown type '" ~ contract_type ~ "'.") }}
{% endmacro %}
