{#- (event_date, events_count) over every raw table whose event_at can move the newest as-of date.
  Minutes first: time zones differ by whole minutes, and converting one minute is cheaper than a million events. -#}
{% macro raw_event_dates() %}
    {% set parts = [] %}
    {% for table, rules in raw_contract().items() if rules.get('is_event') %}
        {% set declared_for_lineage = source('raw', table) %}
        {% set raw = raw_relation(table) if execute else {'from': none, 'columns': {}} %}
        {% if raw.from is not none and rules.event_at in raw.columns %}
            {% set column = raw.columns[rules.event_at] %}
            {% set event_at = typed_value('raw_rows.' ~ column.name, rules.columns[rules.event_at], column.type) %}
            {% do parts.append("select " ~ business_date('event_minute') ~ " as event_date, events_count from (select " ~ dbt.date_trunc('minute', event_at)
                ~ " as event_minute, count(*) as events_count from " ~ raw.from ~ " as raw_rows group by 1) as minutes") %}
        {% endif %}
    {% endfor %}
    {% do parts.append("select cast(null as date) as event_date, cast(0 as bigint) as events_count where false") %}
    {{ return(parts | join('\n    union all\n    ')) }}
{% endmacro %}
