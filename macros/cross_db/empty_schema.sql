{#- The columns of a contract as an empty query: Spark casts to string, not to a varchar without length. -#}
{% macro spark__get_empty_schema_sql(columns) %}
    {% set typed = {} %}
    {% for name, column in columns.items() %}
        {% do typed.update({name: dict(column, data_type=dbt.type_string() if column.data_type == 'varchar' else column.data_type)}) %}
    {% endfor %}
    {{ return(default__get_empty_schema_sql(typed)) }}
{% endmacro %}
