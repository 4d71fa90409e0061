{{ config(materialized='table') }}

{#- Read from the raw files, not from the checked tables: which of their rows are good depends on these days. #}

with minutes as (
    {#- Time zones differ by whole minutes, and to convert a minute costs less than its events. #}
    {% for table in raw_tables() %}
        {% set rules, raw = raw_rules(table), raw_relation(table) %}
        {% set is_dated = rules.get('is_event') and rules.event_at in raw.columns %}
        {#- Asked for nothing else: each table's rules are four queries; while dbt parses, for the lineage. #}
        {% set cells = cell_rules(table) if is_dated or not execute else none %}
        {% if is_dated %}
            select
                '{{ table }}' as table_name,
                {{ dbt.date_trunc('minute', 'typed__' ~ rules.event_at) }} as event_minute,
                count(*) as events_count,
                {{ hash_sum(raw_names(rules, raw)) if rules.get('by_day') else '0' }} as rows_hash
            from {{ typed_rows(raw.from, [rules.event_at], rules, raw, cells) }} as raw_rows
            group by 1, 2
            union all
        {% endif %}
    {% endfor %}
    select
        cast(null as {{ dbt.type_string() }}) as table_name,
        cast(null as timestamp) as event_minute,
        cast(0 as bigint) as events_count,
        0 as rows_hash
    where false
),

days as (
    select
        table_name,
        {{ business_date('event_minute') }} as event_date,
        {{ raw_date('event_minute') }} as raw_date,
        events_count,
        rows_hash
    from minutes
)

select
    table_name,
    event_date,
    raw_date,
    sum(events_count) as events_count,
    sum(rows_hash) as rows_hash
from days
group by table_name, event_date, raw_date
