{#-
  The raw cells of every column whose reading its column as a whole decides, as text:
    table_name, column_name, kind (time, number), raw_text
  Times and numbers that Parquet or the warehouse has typed decide themselves and are not read; numbers in a column
  of times are.
-#}
{% macro cells_to_decide() %}
    {% set parts = [] %}
    {% for table, rules in raw_contract().items() %}
        {% set declared_for_lineage = source('raw', table) %}
        {% set raw = raw_relation(table) if execute else {'from': none, 'columns': {}} %}
        {% set columns = {'time': {}, 'number': {}} %}
        {% for column in rules.columns if raw.from is not none and column in raw.columns %}
            {% set kind, type = cell_kind(column, rules), raw.columns[column].type %}
            {% if kind in columns and not is_typed_already(kind, type) %}
                {% do columns[kind].update({column: text_of('raw_rows.' ~ raw.columns[column].name, type) ~ ' as ' ~ column}) %}
            {% endif %}
        {% endfor %}
        {% for kind, texts in columns.items() if texts %}
            {% do parts.append("select '" ~ table ~ "' as table_name, column_name, '" ~ kind ~ "' as kind, raw_text from (select " ~ (texts.values() | join(', '))
                ~ " from " ~ raw.from ~ " as raw_rows) as texts unpivot (raw_text for column_name in (" ~ (texts.keys() | join(', ')) ~ "))") %}
        {% endfor %}
    {% endfor %}
    {% set text = "cast(null as " ~ dbt.type_string() ~ ")" %}
    {% do parts.append("select " ~ text ~ " as table_name, " ~ text ~ " as column_name, " ~ text ~ " as kind, " ~ text ~ " as raw_text where false") %}
    {{ return(parts | join('\n    union all\n    ')) }}
{% endmacro %}
