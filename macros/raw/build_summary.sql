{#- on-run-end: stg_delivery_summary and the columns read in an unusual form, for people. Only after a run that built both. -#}
{% macro build_summary(results) %}
    {% set built = {} %}
    {% for result in results if result.node.name in ['stg_delivery_summary', 'stg_column_formats'] and result.status | string == 'success' %}
        {% do built.update({result.node.name: result.node.relation_name}) %}
    {% endfor %}
    {% if not execute or built | length < 2 %}{{ return('') }}{% endif %}
    {% set line, numbers = '%-20s %11s %11s %11s %9s %12s %9s  %s', '{:,}'.format %}
    {% do log(line % ('Raw table', 'rows', 'staged', 'duplicates', 'rejected', 'values lost', 'mended', 'commonest reasons'), info=true) %}
    {% for row in run_query('select * from ' ~ built.stg_delivery_summary ~ ' order by raw_rows desc, table_name').rows %}
        {% set said = [] %}
        {% for reason, count in [(row[7], row[8]), (row[9], row[10])] if reason %}{% do said.append(reason ~ ' ' ~ numbers(count | int)) %}{% endfor %}
        {% do log((line % (row[0], numbers(row[1] | int), numbers(row[2] | int), numbers(row[3] | int), numbers(row[4] | int), numbers(row[5] | int),
            numbers(row[6] | int), said | join(', '))).rstrip(), info=true) %}
    {% endfor %}
    {% for row in run_query('select read_as from ' ~ built.stg_column_formats ~ ' where read_as is not null order by 1').rows %}
        {% do log('  ' ~ row[0], info=true) %}
    {% endfor %}
    {% set schema = built.stg_delivery_summary.split('.')[-2] | replace('"', '') %}
    {% do log("Raw times that name no zone were read in " ~ var('raw_timezone') ~ " (var raw_timezone). Rejected rows: " ~ schema
        ~ ".stg_rejected_rows; values lost or mended: " ~ schema ~ ".stg_value_losses.", info=true) %}
    {{ return('') }}
{% endmacro %}
