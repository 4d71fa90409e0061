{#- The named columns of a row as one JSON text. `columns` maps JSON keys to SQL expressions. -#}
{% macro row_json(columns) %}{{ return(adapter.dispatch('row_json')(columns)) }}{% endmacro %}

{% macro default__row_json(columns) %}
    {% set parts = [] %}
    {% for key, value in columns.items() %}{% do parts.append("'" ~ key ~ "', " ~ value) %}{% endfor %}
    {{ return("cast(json_object(" ~ (parts | join(', ')) ~ ") as varchar)") }}
{% endmacro %}

{% macro spark__row_json(columns) %}
    {% set parts = [] %}
    {% for key, value in columns.items() %}{% do parts.append("'" ~ key ~ "', " ~ value) %}{% endfor %}
    {{ return("to_json(named_struct(" ~ (parts | join(', ')) ~ "))") }}
{% endmacro %}
