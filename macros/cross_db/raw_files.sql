{#-
  Reading raw files. On DuckDB the macros ask Python (tagmart/reading, by the SQL functions of the plug-in
  tagmart.duckdb_plugin) which files there are and how each is written; what is no UTF-8 CSV is converted there.
  Another engine dispatches its own `raw_folder`, `raw_file`, `read_raw_file` and `is_known_encoding`.
-#}

{#- {exists, files: {table: [path]}, others: [[name, nearest table or '']]} of the raw folder. -#}
{% macro raw_folder() %}{{ return(adapter.dispatch('raw_folder')()) }}{% endmacro %}

{% macro default__raw_folder() %}
    {{ return(ask_python('raw_folder', [(var('raw_path') | string).rstrip('/') or '/', raw_tables() | join(',')])) }}
{% endmacro %}

{#- The path of the file of a raw table, or none. Several files for one table would be a coin toss: refused. -#}
{% macro raw_file(table) %}{{ return(adapter.dispatch('raw_file')(table)) }}{% endmacro %}

{% macro default__raw_file(table) %}
    {% set files = raw_folder().files[table] %}
    {% if files | length > 1 %}
        {% set count, remedy = ('two', 'one of them') if files | length == 2 else (files | length, 'all but one') %}
        {{ exceptions.raise_compiler_error("The raw table '" ~ table ~ "' has " ~ count ~ " files (" ~ (files | join(' and ')) ~ "): remove " ~ remedy ~ ".") }}
    {% endif %}
    {{ return(files[0] if files else none) }}
{% endmacro %}

{#-
  What to know of a raw file: {kind: parquet or csv, path: the file to read (a converted copy, perhaps), encoding,
  delimiter, columns: names as written, cleaned, skipped_lines, repeated, note: a line for people or '', fault: ''
  or the end of a sentence when it cannot be read}.
-#}
{% macro described_raw_file(file, table) %}
    {{ return(ask_python('raw_file', [file, var('raw_encoding') | string, raw_rules(table).columns | join(',')])) }}
{% endmacro %}

{#- The answer of a function of tagmart/reading/sql_functions.py. -#}
{% macro ask_python(function, arguments) %}
    {% set quoted = [] %}
    {% for argument in arguments %}{% do quoted.append("'" ~ argument.replace("'", "''") ~ "'") %}{% endfor %}
    {{ return(fromjson(run_query("select tagmart_" ~ function ~ "(" ~ (quoted | join(', ')) ~ ")").rows[0][0])) }}
{% endmacro %}

{% macro is_known_encoding(name) %}{{ return(adapter.dispatch('is_known_encoding')(name)) }}{% endmacro %}

{% macro default__is_known_encoding(name) %}{{ return(ask_python('is_encoding', [name | string])) }}{% endmacro %}

{#- {from, columns, file, note, repeated}: see raw_relation. What cannot be read stops here, with one sentence. -#}
{% macro read_raw_file(file, table) %}{{ return(adapter.dispatch('read_raw_file')(file, table)) }}{% endmacro %}

{% macro default__read_raw_file(file, table) %}
    {% set found = described_raw_file(file, table) %}
    {% if found.fault %}
        {{ exceptions.raise_compiler_error("The raw file '" ~ file ~ "' of table '" ~ table ~ "' " ~ found.fault ~ ".") }}
    {% endif %}
    {% set columns = {} %}
    {% if found.kind == 'parquet' %}
        {% set from = parquet_columns(found.path, file, table, columns) %}
    {% else %}
        {% for name in csv_names(found) %}
            {% do columns.update({name: {'name': adapter.quote(name), 'type': 'varchar'}}) %}
        {% endfor %}
        {% set from = read_csv(found) %}
    {% endif %}
    {{ return({'from': from, 'columns': columns, 'file': file, 'note': found.note, 'repeated': found.repeated}) }}
{% endmacro %}

{#- Fills `columns` and returns the SQL after `from`. Bytes are read as the text that they are, else as hexadecimal. -#}
{% macro parquet_columns(path, file, table, columns) %}
    {% set from = "read_parquet('" ~ path.replace("'", "''") ~ "')" %}
    {% set bytes = [] %}
    {% for row in run_query("describe select * from " ~ from).rows %}
        {% set name, quoted, type = row[0].strip() | lower, adapter.quote(row[0]), row[1] | lower %}
        {% if name in raw_rules(table).columns and name not in columns and ('struct(' in type or 'map(' in type) %}
            {{ exceptions.raise_compiler_error("The raw file '" ~ file ~ "' of table '" ~ table ~ "' has in column '" ~ name
                ~ "' records instead of values (" ~ row[1] ~ "): export it with one value a row.") }}
        {% endif %}
        {% if type == 'blob' %}{% do bytes.append("coalesce(try(decode(" ~ quoted ~ ")), lower(hex(" ~ quoted ~ "))) as " ~ quoted) %}{% endif %}
        {% do add_raw_column(columns, row[0], 'varchar' if type == 'blob' else type) %}
    {% endfor %}
    {{ return("(select * replace (" ~ (bytes | join(', ')) ~ ") from " ~ from ~ ")" if bytes else from) }}
{% endmacro %}

{#- Names are matched without regard to case and to what surrounds them; of two equal names the first is read. -#}
{% macro add_raw_column(columns, written, type) %}
    {% set name = written.strip() | lower %}
    {% do columns.update({(name if name not in columns else name ~ '__' ~ (columns | length + 1)): {'name': adapter.quote(written), 'type': type | lower}}) %}
{% endmacro %}

{#- The column names of a described CSV file in lower case; a repeated or empty one gets its place behind it. -#}
{% macro csv_names(found) %}
    {% set names = [] %}
    {% for column in found.columns %}
        {% set name = column | lower %}
        {% do names.append(name if name and name not in names else name ~ '__' ~ loop.index) %}
    {% endfor %}
    {{ return(names) }}
{% endmacro %}

{#-
  A described CSV file after `from`. Lines that do not fit the dialect are skipped here and kept, as text, by
  stg_unreadable_lines. DuckDB's sniffer would guess types, quotes and even the header from the data and gives up
  on a few bad lines; a stated dialect never does. Never ignore_errors: after one stray quote it drops all the rest
  of the file without a word, whereas store_rejects goes on at the next line. Both scans must skip the same lines,
  or the balance breaks.
-#}
{% macro read_csv(found, rejects="rejects_table = 'skipped_errors', rejects_scan = 'skipped_scans', rejects_limit = 1") %}
    {#- A longer line is unreadable. The larger this is, the more of a file one open quote can swallow. -#}
    {% set columns, max_line_bytes = [], 4000000 %}
    {% for name in csv_names(found) %}{% do columns.append("'" ~ name.replace("'", "''") ~ "': 'VARCHAR'") %}{% endfor %}
    {{ return(
        "read_csv('" ~ found.path.replace("'", "''") ~ "', header = true, auto_detect = false, columns = {" ~ (columns | join(', '))
        ~ "}, delim = '" ~ found.delimiter.replace("'", "''") ~ "', quote = '\"', escape = '\"', nullstr = ['', 'NULL', '\\N'], "
        ~ "max_line_size = " ~ max_line_bytes ~ ", store_rejects = true, " ~ rejects ~ ")"
    ) }}
{% endmacro %}
