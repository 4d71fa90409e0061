{#-
  on-run-end: one table for people. What came of each raw table, the two commonest reasons for a rejection, the values
  that were lost or mended, and how columns were read that are not in the usual form. Only after a run that staged
  every table.
-#}
{% macro build_summary(results) %}
    {% set wanted = ['stg_row_balance', 'stg_rejected_rows', 'stg_value_losses', 'stg_column_formats'] %}
    {% set built = {} %}
    {% for result in results if result.node.name in wanted and result.status | string == 'success' %}
        {% do built.update({result.node.name: adapter.Relation.create(database=result.node.database, schema=result.node.schema, identifier=result.node.alias)}) %}
    {% endfor %}
    {% if not execute or built | length < wanted | length %}{{ return('') }}{% endif %}
    {% set reasons, lost, mended = {}, {}, {} %}
    {% for row in run_query("select table_name, reason_code || coalesce(' ' || reason_column, '') as reason, count(*) as rows_count from " ~ built.stg_rejected_rows ~ " group by 1, 2 order by 1, 3 desc, 2").rows %}
        {% do reasons.setdefault(row[0], []).append(row[1] ~ ' ' ~ '{:,}'.format(row[2])) %}
    {% endfor %}
    {% set is_lost = "kind in ('unreadable_value', 'out_of_range', 'unknown_code', 'word_for_nothing')" %}
    {% for row in run_query("select table_name, sum(case when " ~ is_lost ~ " then rows_count else 0 end), sum(case when " ~ is_lost ~ " then 0 else rows_count end) from "
        ~ built.stg_value_losses ~ " group by 1").rows %}
        {% do lost.update({row[0]: row[1] | int}) %}{% do mended.update({row[0]: row[2] | int}) %}
    {% endfor %}
    {% set line = '%-20s %11s %11s %11s %9s %12s %9s  %s' %}
    {% do log(line % ('Raw table', 'rows', 'staged', 'duplicates', 'rejected', 'values lost', 'mended', 'commonest reasons'), info=true) %}
    {% for row in run_query("select table_name, raw_rows, staged_rows, exact_duplicates, rejected_rows from " ~ built.stg_row_balance ~ " where raw_rows > 0 order by raw_rows desc, table_name").rows %}
        {% set said = reasons.get(row[0], [])[:2] | join(', ') %}
        {% do log((line % (row[0], '{:,}'.format(row[1] | int), '{:,}'.format(row[2] | int), '{:,}'.format(row[3] | int), '{:,}'.format(row[4] | int), '{:,}'.format(lost.get(row[0], 0)), '{:,}'.format(mended.get(row[0], 0)), said)).rstrip(), info=true) %}
    {% endfor %}
    {% for row in run_query(column_formats_in_words(built.stg_column_formats)).rows %}{% do log('  ' ~ row[0], info=true) %}{% endfor %}
    {% do log("Raw times that name no zone were read in " ~ var('raw_timezone') ~ " (var raw_timezone). Rejected rows: " ~ built.stg_rejected_rows.schema ~ ".stg_rejected_rows; values lost or mended: "
        ~ built.stg_value_losses.schema ~ ".stg_value_losses.", info=true) %}
    {{ return('') }}
{% endmacro %}

{% macro column_formats_in_words(relation) %}
    select table_name || '.' || column_name || ' was read as '
        || concat_ws(', ', case numbers_are when 'epochs' then 'epochs' when 'serials' then 'serial days of a spreadsheet' when 'hours' then 'dates and hours without separators' end,
            case date_order when 'day_first' then 'dates with the day first' when 'month_first' then 'dates with the month first' end,
            case when decimal_mark = 'comma' then 'numbers with a decimal comma' end, 'times in ' || time_zones)
    from {{ relation }}
    where numbers_are is not null or date_order is not null or decimal_mark = 'comma' or time_zones is not null
    order by 1
{% endmacro %}
