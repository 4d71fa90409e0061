{#-
  The events of every raw table whose event_at can move the newest as-of date, counted by day:
    event_date    business date; null where event_at cannot be read
    raw_date      UTC date, as raw_date() has it
    events_count, rows_hash   how many, and the sum of their row hashes (tables staged by the day only, else 0)
  Minutes first: time zones differ by whole minutes, and to convert a minute costs less than its events.
-#}
{% macro raw_days() %}
    {% set parts = [] %}
    {% for table, rules in raw_contract().items() if rules.get('is_event') %}
        {% set declared_for_lineage = source('raw', table) %}
        {% set raw = raw_relation(table) if execute else {'from': none, 'columns': {}} %}
        {#- What cell_rules refers to must be known when the project is parsed. -#}
        {% set cells = cell_rules(table) if not execute or rules.event_at in raw.columns else {} %}
        {% if raw.from is not none and rules.event_at in raw.columns %}
            {% do parts.append("select '" ~ table ~ "' as table_name, " ~ business_date('event_minute') ~ " as event_date, " ~ raw_date('event_minute')
                ~ " as raw_date, events_count, rows_hash from (select " ~ dbt.date_trunc('minute', 'typed__' ~ rules.event_at) ~ " as event_minute, count(*) as events_count, "
                ~ (hash_sum(raw_column_names(rules, raw)) if rules.get('by_day') else '0') ~ " as rows_hash from " ~ typed_rows(raw.from, [rules.event_at], rules, raw, cells) ~ " as raw_rows group by 1) as minutes") %}
        {% endif %}
    {% endfor %}
    {% do parts.append("select cast(null as " ~ dbt.type_string() ~ ") as table_name, cast(null as date) as event_date, cast(null as date) as raw_date, "
        ~ "cast(0 as bigint) as events_count, 0 as rows_hash where false") %}
    {{ return(parts | join('\n    union all\n    ')) }}
{% endmacro %}

{#- The columns of a raw row that staging reads, as written in the file. -#}
{% macro raw_column_names(rules, raw) %}
    {% set columns = [] %}
    {% for column in rules.columns if column in raw.columns %}{% do columns.append('raw_rows.' ~ raw.columns[column].name) %}{% endfor %}
    {{ return(columns) }}
{% endmacro %}

{#- The UTC date of an event; unreadable times share one. Cheaper than the business date, which needs a time zone. -#}
{% macro raw_date(event_at) %}{{ return("coalesce(cast(" ~ event_at ~ " as date), date '1900-01-01')") }}{% endmacro %}
