{#-
  Where a raw table is and what it has: {from: SQL after `from`, or none when the table is absent;
  columns: {name in lower case: {name: as written, type: engine type in lower case}}; file: path or none;
  note: how a file is read when not as it is, or ''; repeated: column names that stand in it more than once}.
  The warehouse schema (var raw_schema) wins over the folder (var raw_path).
-#}
{% macro raw_relation(table) %}
    {% set absent = {'from': none, 'columns': {}, 'file': none, 'note': '', 'repeated': []} %}
    {#- sqlfluff reads the staging models without the raw files: there is no style in a file's columns. -#}
    {% if var('lint', false) %}{{ return(absent) }}{% endif %}
    {% if var('raw_schema') %}
        {% set relation = adapter.get_relation(target.database, var('raw_schema'), table) %}
        {% if relation is none %}{{ return(absent) }}{% endif %}
        {% set columns = {} %}
        {% for column in adapter.get_columns_in_relation(relation) %}
            {% do add_raw_column(columns, column.name, column.dtype) %}
        {% endfor %}
        {{ return({'from': relation | string, 'columns': columns, 'file': none, 'note': '', 'repeated': []}) }}
    {% endif %}
    {% set file = raw_file(table) %}
    {% if file is none %}{{ return(absent) }}{% endif %}
    {{ return(read_raw_file(file, table)) }}
{% endmacro %}
