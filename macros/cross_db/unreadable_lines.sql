{#-
  Lines of a CSV file that are not rows at all: too few or too many columns, an open quote, bytes that are no text. DuckDB
  writes them to a temporary table while it scans with store_rejects, so the pre-hook scans every CSV file once and the
  model reads that table on the same connection.
-#}
{% macro collect_unreadable_lines() %}
    {% if not execute or not reads_raw_files() %}{{ return('select 1') }}{% endif %}
    {{ return(adapter.dispatch('collect_unreadable_lines', 'tagmart')()) }}
{% endmacro %}

{% macro default__collect_unreadable_lines() %}
    {% set scans = ['drop table if exists reject_errors', 'drop table if exists reject_scans'] %}
    {% for table, found in raw_csv_files().items() %}
        {% set columns = raw_rules(table).columns | select('in', found.columns) | list %}
        {#- Encoding is only checked in columns that are read, so all that staging reads are. -#}
        {% do scans.append("create or replace temp table unreadable_scan as select count(*) as rows_count, max(hash(" ~ (columns | join(', '))
            ~ ")) as read_all from " ~ found.scan) if columns %}
    {% endfor %}
    {{ return(scans | join(';\n')) }}
{% endmacro %}

{% macro unreadable_lines() %}{{ return(adapter.dispatch('unreadable_lines', 'tagmart')()) }}{% endmacro %}

{% macro spark__collect_unreadable_lines() %}{{ return('') }}{% endmacro %}

{% macro spark__unreadable_lines() %}
    {% set files = raw_csv_files() %}
    {{ return('select * from ' ~ ask_python('unreadable_lines', [tojson(files)]) if execute else 'select 1') }}
{% endmacro %}

{#- Lines are numbered as in the file that the brand sent, with the title lines that a converted copy has no more. -#}
{% macro default__unreadable_lines() %}
    {% set files = ["select '' as table_name, '' as file_path, 0 as skipped_lines"] %}
    {% for table, found in raw_csv_files().items() %}
        {% do files.append("select '" ~ table ~ "', '" ~ found.path.replace("'", "''") ~ "', " ~ found.skipped_lines) %}
    {% endfor %}
    {{ return(("select files.table_name, errors.line + files.skipped_lines as line_number, "
        ~ "cast(errors.error_type as varchar) as error_type, errors.csv_line as line_text "
        ~ "from reject_errors as errors join reject_scans as scans using (scan_id, file_id) join ("
        ~ (files | join(' union all ')) ~ ") as files on files.file_path = scans.file_path") if files | length > 1 else
        "select '' as table_name, 0 as line_number, '' as error_type, '' as line_text where false") }}
{% endmacro %}

{#- {table: described file} of the raw tables that are read as CSV. -#}
{% macro raw_csv_files() %}
    {% set found = {} %}
    {% for table in raw_tables() %}
        {% set declared_for_lineage, file = raw_parent(table), raw_file(table) if execute and reads_raw_files() else none %}
        {% set described = described_raw_file(file, table) if file else {'kind': 'none'} %}
        {% do found.update({table: described}) if described.kind == 'csv' and not described.fault %}
    {% endfor %}
    {{ return(found) }}
{% endmacro %}
