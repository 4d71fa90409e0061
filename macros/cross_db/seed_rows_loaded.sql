{#-
  dbt-spark writes the cells of a seed between quotes as they are: a quote ends the text, a backslash is lost; and dbt takes the word
  null for nothing. So Python reads the file (tagmart/spark/raw_files.py), and only an empty cell is nothing, as on DuckDB.
-#}
{% macro spark__load_csv_rows(model, agate_table) %}
    {% set types, rows = model.config.column_types, [] %}
    {% for row in ask_python('seed_rows', [model.root_path ~ '/' ~ model.original_file_path]) %}
        {% set cells = [] %}
        {% for column, cell in row.items() %}
            {% do cells.append('cast(' ~ (exact_literal(cell) if cell else 'null') ~ ' as ' ~ types[column] ~ ')') %}
        {% endfor %}
        {% do rows.append('(' ~ (cells | join(', ')) ~ ')') %}
    {% endfor %}
    {% set sql = 'insert into ' ~ this.render() ~ ' values ' ~ (rows | join(', ')) %}
    {% do adapter.add_query(sql, abridge_sql_log=True) if rows %}
    {{ return(sql) }}
{% endmacro %}
