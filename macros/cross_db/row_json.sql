{#- The named columns of a row as one JSON text. `columns` maps JSON keys to SQL expressions. -#}
{% macro row_json(columns) %}
    {% set parts = [] %}
    {% for key, value in columns.items() %}{% do parts.append("'" ~ key ~ "', " ~ value) %}{% endfor %}
    {{ return(by_engine("cast(json_object(" ~ (parts | join(', ')) ~ ") as varchar)", spark="to_json(named_struct(" ~ (parts | join(', '))
        ~ "), map('ignoreNullFields', 'false', 'timestampNTZFormat', 'yyyy-MM-dd HH:mm:ss'))")) }}
{% endmacro %}
