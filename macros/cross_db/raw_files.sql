{#-
  Reading raw files. DuckDB has glob(), read_parquet and read_csv; another engine dispatches its own
  `raw_folder_exists`, `raw_file` and `read_raw_file`.
-#}
{% macro raw_folder_exists() %}{{ return(adapter.dispatch('raw_folder_exists')()) }}{% endmacro %}

{% macro default__raw_folder_exists() %}
    {% set found = run_query("select count(*) from glob('" ~ glob_text((var('raw_path') | string).rstrip('/')) ~ "/*')") %}
    {{ return(found.columns[0].values()[0] > 0) }}
{% endmacro %}

{#- The path of the file of a raw table, or none. Two files for one table would be a coin toss: refused. -#}
{% macro raw_file(table) %}{{ return(adapter.dispatch('raw_file')(table)) }}{% endmacro %}

{% macro default__raw_file(table) %}
    {% set base = (var('raw_path') | string).rstrip('/') ~ '/' ~ table %}
    {% set pattern = glob_text(base) %}
    {% set found = run_query("select file from glob('" ~ pattern ~ ".parquet') union all select file from glob('" ~ pattern ~ ".csv')") %}
    {% set files = found.columns[0].values() | list %}
    {% if files | length > 1 %}
        {{ exceptions.raise_compiler_error("The raw table '" ~ table ~ "' has two files (" ~ (files | join(' and ')) ~ "): remove one of them.") }}
    {% endif %}
    {{ return(files[0] if files else none) }}
{% endmacro %}

{#- A path as the text of a SQL glob pattern that matches only itself: a folder may be called 'brand [1]'. -#}
{% macro glob_text(path) %}
    {{ return(modules.re.sub('([*?\\[])', '[\\1]', path).replace("'", "''")) }}
{% endmacro %}

{#- {from, columns, file}; `from` is none for a file without anything in it, which counts as absent. -#}
{% macro read_raw_file(file) %}{{ return(adapter.dispatch('read_raw_file')(file)) }}{% endmacro %}

{% macro default__read_raw_file(file) %}
    {% set quoted = "'" ~ file.replace("'", "''") ~ "'" %}
    {% set columns = {} %}
    {% if file.endswith('.parquet') %}
        {% if run_query("select size from read_blob(" ~ quoted ~ ")").rows[0][0] == 0 %}
            {{ return({'from': none, 'columns': {}, 'file': file}) }}
        {% endif %}
        {% set from = "read_parquet(" ~ quoted ~ ")" %}
        {% for row in run_query("describe select * from " ~ from).rows %}
            {% do add_raw_column(columns, row[0], row[1]) %}
        {% endfor %}
        {{ return({'from': from, 'columns': columns, 'file': file}) }}
    {% endif %}
    {% set header = csv_header(file) %}
    {% if not header.names %}{{ return({'from': none, 'columns': {}, 'file': file}) }}{% endif %}
    {% for name in header.names %}
        {% do columns.update({name: {'name': adapter.quote(name), 'type': 'varchar'}}) if name not in columns %}
    {% endfor %}
    {{ return({'from': read_csv(file, header), 'columns': columns, 'file': file}) }}
{% endmacro %}

{#- Names are matched without regard to case and to spaces around them; of two equal names the first is read. -#}
{% macro add_raw_column(columns, written, type) %}
    {% set name = written.strip() | lower %}
    {% do columns.update({(name if name not in columns else name ~ '__' ~ (columns | length + 1)): {'name': adapter.quote(written), 'type': type | lower}}) %}
{% endmacro %}

{#-
  What is wrong with a raw file as a whole, as the end of a sentence, or none. Only a file below 64 MB is looked
  into (read_blob loads all of it); of a larger one DuckDB's own message has to do.
-#}
{% macro raw_file_fault(file) %}{{ return(adapter.dispatch('raw_file_fault')(file)) }}{% endmacro %}

{% macro default__raw_file_fault(file) %}
    {% set blob = "read_blob('" ~ file.replace("'", "''") ~ "')" %}
    {% if file.endswith('.parquet') and 0 < run_query("select size from " ~ blob).rows[0][0] < 64000000 %}
        {% if not run_query("select content[1:4] = 'PAR1'::blob and content[-4:] = 'PAR1'::blob from " ~ blob).rows[0][0] %}
            {{ return("is not a Parquet file, or not all of it: export or copy it again, or give a .csv file instead") }}
        {% endif %}
    {% elif file.endswith('.csv') and '\x00' in (csv_header(file).names | join('')) %}
        {{ return("is not UTF-8 text (UTF-16, it seems): save it as CSV UTF-8") }}
    {% elif file.endswith('.csv') and run_query("select size < 64000000 from " ~ blob).rows[0][0] and run_query(mixed_line_ends(blob)).rows[0][0] %}
        {{ return("has lines that end with \\r\\n and lines that end with \\n: save it again with one kind of line end") }}
    {% endif %}
    {{ return(none) }}
{% endmacro %}

{#- True when both kinds of line end stand outside quotes; DuckDB's reader gives up on such a file. -#}
{% macro mixed_line_ends(blob) %}
    {% set bare = "case when contains(text, chr(13)) then regexp_replace(text, '\"[^\"]*\"', '', 'g') else '' end" %}
    {{ return("with texts as (select try(decode(content)) as text from " ~ blob ~ "), bare as (select " ~ bare ~ " as text from texts) "
        ~ "select coalesce(contains(text, chr(13) || chr(10)) and contains(replace(text, chr(13) || chr(10), ''), chr(10)), false) from bare") }}
{% endmacro %}

{#-
  {delimiter, names}: the first line of a CSV file, read as one text. DuckDB's sniffer would guess types,
  quotes and even the header from the data and gives up on a few bad lines; a stated dialect never does.
  Not strict, since to this scan a line break inside quotes is a line end like any other.
-#}
{% macro csv_header(file) %}
    {% set line_of_file -%}
        select line from read_csv(
            '{{ file.replace("'", "''") }}', header = false, auto_detect = false, columns = {'line': 'VARCHAR'},
            delim = '\x01', quote = '', escape = '', ignore_errors = true, strict_mode = false, parallel = false,
            max_line_size = {{ max_line_bytes() }}
        ) limit 1
    {%- endset %}
    {% set rows = run_query(line_of_file).rows %}
    {% set line = (rows[0][0] or '') if rows | length else '' %}
    {% set delimiters = [',', ';', '\t', '|'] %}
    {% set best = namespace(delimiter=',', count=0) %}
    {% set bare = modules.re.sub('"[^"]*"', '', line) %}
    {% for delimiter in delimiters if bare.count(delimiter) > best.count %}
        {% set best.delimiter = delimiter %}{% set best.count = bare.count(delimiter) %}
    {% endfor %}
    {% set outside_quotes = '[' ~ best.delimiter ~ '](?=(?:[^"]*"[^"]*")*[^"]*$)' %}
    {% set names = [] %}
    {% for part in modules.re.split(outside_quotes, line) if line %}
        {% set name = part.strip().strip('"').strip() | lower %}
        {% do names.append(name if name and name not in names else name ~ '__' ~ loop.index) %}
    {% endfor %}
    {{ return({'delimiter': best.delimiter, 'names': names}) }}
{% endmacro %}

{#-
  Lines that do not fit the dialect are skipped here and kept, as text, by stg_unreadable_lines.
  Never ignore_errors: after one stray quote it drops all the rest of the file without a word, whereas
  store_rejects goes on at the next line. Both scans must skip the same lines, or the balance breaks.
-#}
{% macro read_csv(file, header, rejects="rejects_table = 'skipped_errors', rejects_scan = 'skipped_scans', rejects_limit = 1") %}
    {% set columns = [] %}
    {% for name in (header.names or ['line']) %}{% do columns.append("'" ~ name.replace("'", "''") ~ "': 'VARCHAR'") %}{% endfor %}
    {{ return(
        "read_csv('" ~ file.replace("'", "''") ~ "', header = true, auto_detect = false, columns = {" ~ (columns | join(', '))
        ~ "}, delim = '" ~ header.delimiter ~ "', quote = '\"', escape = '\"', nullstr = ['', 'NULL', '\\N'], max_line_size = " ~ max_line_bytes() ~ ", store_rejects = true, " ~ rejects ~ ")"
    ) }}
{% endmacro %}

{#- A longer line is unreadable. The larger this is, the more of a file one open quote can swallow. -#}
{% macro max_line_bytes() %}{{ return(4000000) }}{% endmacro %}
