{#-
  Reading raw files. DuckDB has glob(), read_parquet and read_csv; another engine dispatches its own
  `raw_folder_exists`, `raw_file` and `read_raw_file`.
-#}
{% macro raw_folder_exists() %}{{ return(adapter.dispatch('raw_folder_exists')()) }}{% endmacro %}

{% macro default__raw_folder_exists() %}
    {% set found = run_query("select count(*) from glob('" ~ (var('raw_path') | string).rstrip('/').replace("'", "''") ~ "/*')") %}
    {{ return(found.columns[0].values()[0] > 0) }}
{% endmacro %}

{#- The path of the file of a raw table, or none. Two files for one table would be a coin toss: refused. -#}
{% macro raw_file(table) %}{{ return(adapter.dispatch('raw_file')(table)) }}{% endmacro %}

{% macro default__raw_file(table) %}
    {% set base = (var('raw_path') | string).rstrip('/') ~ '/' ~ table %}
    {% set pattern = base.replace("'", "''") %}
    {% set found = run_query("select file from glob('" ~ pattern ~ ".parquet') union all select file from glob('" ~ pattern ~ ".csv')") %}
    {% set files = found.columns[0].values() | list %}
    {% if files | length > 1 %}
        {{ exceptions.raise_compiler_error("The raw table '" ~ table ~ "' has two files (" ~ (files | join(' and ')) ~ "): remove one of them.") }}
    {% endif %}
    {{ return(files[0] if files else none) }}
{% endmacro %}

{% macro read_raw_file(file) %}{{ return(adapter.dispatch('read_raw_file')(file)) }}{% endmacro %}

{% macro default__read_raw_file(file) %}
    {% set quoted = "'" ~ file.replace("'", "''") ~ "'" %}
    {% set columns = {} %}
    {% if file.endswith('.parquet') %}
        {% set from = "read_parquet(" ~ quoted ~ ")" %}
        {% for row in run_query("describe select * from " ~ from).rows %}
            {% do columns.update({row[0] | lower: {'name': adapter.quote(row[0]), 'type': row[1] | lower}}) %}
        {% endfor %}
        {{ return({'from': from, 'columns': columns, 'file': file}) }}
    {% endif %}
    {% set header = csv_header(file) %}
    {% for name in header.names %}
        {% do columns.update({name: {'name': adapter.quote(name), 'type': 'varchar'}}) if name not in columns %}
    {% endfor %}
    {{ return({'from': read_csv(file, header), 'columns': columns, 'file': file}) }}
{% endmacro %}

{#-
  {delimiter, names}: the first line of a CSV file, read as one text. DuckDB's sniffer would guess types,
  quotes and even the header from the data and gives up on a few bad lines; a stated dialect never does.
-#}
{% macro csv_header(file) %}
    {% set line_of_file -%}
        select line from read_csv(
            '{{ file.replace("'", "''") }}', header = false, auto_detect = false, columns = {'line': 'VARCHAR'},
            delim = '\x01', quote = '', escape = '', ignore_errors = true, max_line_size = 20000000
        ) limit 1
    {%- endset %}
    {% set rows = run_query(line_of_file).rows %}
    {% set line = (rows[0][0] or '') if rows | length else '' %}
    {% set delimiters = [',', ';', '\t', '|'] %}
    {% set best = namespace(delimiter=',', count=0) %}
    {% for delimiter in delimiters if line.count(delimiter) > best.count %}
        {% set best.delimiter = delimiter %}{% set best.count = line.count(delimiter) %}
    {% endfor %}
    {% set names = [] %}
    {% for part in line.split(best.delimiter) if line %}
        {% set name = part.strip().strip('"').strip() | lower %}
        {% do names.append(name if name and name not in names else name ~ '__' ~ loop.index) %}
    {% endfor %}
    {{ return({'delimiter': best.delimiter, 'names': names}) }}
{% endmacro %}

{#- Lines that do not fit the dialect are skipped here and kept, as text, by stg_unreadable_lines. -#}
{% macro read_csv(file, header, on_error='ignore_errors = true') %}
    {% set columns = [] %}
    {% for name in (header.names or ['line']) %}{% do columns.append("'" ~ name.replace("'", "''") ~ "': 'VARCHAR'") %}{% endfor %}
    {{ return(
        "read_csv('" ~ file.replace("'", "''") ~ "', header = true, auto_detect = false, columns = {" ~ (columns | join(', '))
        ~ "}, delim = '" ~ header.delimiter ~ "', quote = '\"', escape = '\"', nullstr = ['', 'NULL', '\\N'], max_line_size = 20000000, " ~ on_error ~ ")"
    ) }}
{% endmacro %}
