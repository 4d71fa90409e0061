{#-
  Lines of a CSV file that are not rows at all: too few or too many columns, an open quote, bytes that
  are not UTF-8. DuckDB writes them to a temporary table while it scans with store_rejects, so the
  pre-hook scans every CSV file once and the model reads that table on the same connection.
-#}
{% macro collect_unreadable_lines() %}
    {% if not execute or var('raw_schema') %}{{ return('select 1') }}{% endif %}
    {{ return(adapter.dispatch('collect_unreadable_lines')()) }}
{% endmacro %}

{% macro default__collect_unreadable_lines() %}
    {% set scans = ['drop table if exists reject_errors', 'drop table if exists reject_scans'] %}
    {% for table, rules in raw_contract().items() %}
        {% set file = raw_file(table) %}
        {% if file is not none and file.endswith('.csv') %}
            {% set header = csv_header(file) %}
            {% set columns = [] %}
            {% for column in rules.columns if column in header.names %}{% do columns.append(column) %}{% endfor %}
            {#- Encoding is only checked in columns that are read, so all that staging reads are. -#}
            {% do scans.append("create or replace temp table unreadable_scan as select count(*) as rows_count, "
                ~ "max(hash(" ~ (columns | join(', ')) ~ ")) as read_all from " ~ read_csv(file, header, "rejects_table = 'reject_errors', rejects_scan = 'reject_scans'")) if columns %}
        {% endif %}
    {% endfor %}
    {{ return(scans | join(';\n')) }}
{% endmacro %}

{% macro unreadable_lines() %}{{ return(adapter.dispatch('unreadable_lines')()) }}{% endmacro %}

{% macro default__unreadable_lines() %}
    {% set csv_files = [] %}
    {% for table in raw_contract() if execute and not var('raw_schema') %}
        {% set file = raw_file(table) or '' %}
        {% do csv_files.append(table) if file.endswith('.csv') and csv_header(file).names %}
    {% endfor %}
    {% if csv_files %}
        {{ return("select regexp_extract(scans.file_path, '([^/\\\\]+)[.]csv$', 1) as table_name, errors.line as line_number, "
            ~ "cast(errors.error_type as varchar) as error_type, errors.csv_line as line_text "
            ~ "from reject_errors as errors join reject_scans as scans using (scan_id, file_id)") }}
    {% endif %}
    {{ return("select cast(null as varchar) as table_name, cast(null as bigint) as line_number, cast(null as varchar) as error_type, "
        ~ "cast(null as varchar) as line_text where false") }}
{% endmacro %}
