{#-
  A raw value as its contract type: null when it cannot be read (then the row is rejected as
  unreadable_value). `type` is the engine's type of the raw column; text is trimmed, blank is null.
-#}
{% macro typed_value(column, contract_type, raw_type) %}
    {% set text = "nullif(trim(cast(" ~ column ~ " as " ~ dbt.type_string() ~ ")), '')" %}
    {% set is_time = raw_type.startswith('timestamp') or raw_type == 'date' %}
    {% if contract_type == 'text' %}{{ return(text) }}
    {% elif contract_type == 'timestamp' %}{{ return(utc_timestamp(column if is_time else text, raw_type if is_time else 'text')) }}
    {% elif contract_type == 'date' %}{{ return("cast(" ~ utc_timestamp(column if is_time else text, raw_type if is_time else 'text') ~ " as date)") }}
    {% elif contract_type == 'money' %}{{ return("try_cast(" ~ (text if raw_type in ['varchar', 'text', 'string'] else column) ~ " as decimal(18, 4))") }}
    {% elif contract_type == 'number' %}
        {% set number = "try_cast(" ~ text ~ " as double)" %}
        {{ return("case when abs(" ~ number ~ ") < 1e300 then " ~ number ~ " end") }}
    {% elif contract_type == 'integer' and 'int' in raw_type %}{{ return("try_cast(" ~ column ~ " as bigint)") }}
    {% elif contract_type == 'integer' %}
        {% set number = "try_cast(" ~ text ~ " as decimal(28, 4))" %}
        {{ return("case when " ~ number ~ " = floor(" ~ number ~ ") then try_cast(" ~ number ~ " as bigint) end") }}
    {% endif %}
    {{ exceptions.raise_compiler_error("macros/raw/raw_contract.sql: column " ~ column ~ " has the unknown type '" ~ contract_type ~ "'.") }}
{% endmacro %}
