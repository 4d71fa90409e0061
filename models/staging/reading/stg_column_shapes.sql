{{ config(materialized='table') }}

{%- set zone_name = ' ([A-Z][A-Za-z]+/[A-Za-z_/+-]+)$' %}
{%- set day_month_year = '[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:19|2[01])[0-9]{2}(?: .*)?' %}
{%- set date_and_hour = '(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])' %}
{%- set decimal_comma = '-?(?:(?:[0-9]{1,3}(?:[. ][0-9]{3})*|[0-9]+),[0-9]{1,2}|[0-9]{1,3}(?:[. ][0-9]{3})+,[0-9]+|(?:0|[0-9]{4,}),[0-9]+)' %}
{%- set decimal_point = '-?(?:[0-9, ]*[.](?:[0-9]{1,2}|[0-9]{4,})|[0-9]{1,3}(?:,[0-9]{3})+[.][0-9]+|0[.][0-9]+)' %}
{%- set forms = spellings() %}

with raw_cells as (
    {#- Times and numbers that Parquet or the warehouse has typed decide themselves; numbers in a column of times do not. #}
    {% for table in raw_tables() %}
        {% set rules, raw, texts, names, times = raw_rules(table), raw_relation(table), [], [], ['none'] %}
        {% for column in rules.columns if column in raw.columns and cell_kind(column, rules) in ['time', 'number'] %}
            {% set kind, type = cell_kind(column, rules), raw.columns[column].type %}
            {% if not is_typed_already(kind, type) %}
                {% do texts.append(text_of(raw.columns[column].name, type) ~ ' as ' ~ column) %}
                {% do names.append(column) %}
                {% do times.append(column) if kind == 'time' %}
            {% endif %}
        {% endfor %}
        {% if texts %}
            select
                '{{ table }}' as table_name,
                column_name,
                case when column_name in ('{{ times | join("', '") }}') then 'time' else 'number' end as kind,
                raw_text
            from (select {{ texts | join(', ') }} from {{ raw.from }} as raw_rows) as texts
            unpivot (raw_text for column_name in ({{ names | join(', ') }}))
            union all
        {% endif %}
    {% endfor %}
    {% set text = dbt.type_string() %}
    select cast(null as {{ text }}) as table_name, cast(null as {{ text }}) as column_name, 'time' as kind, cast(null as {{ text }}) as raw_text
    where false
),

scrubbed as (
    select
        *,
        case
            when kind = 'time' then {{ scrubbed_cell('raw_text', 'time', 'varchar', forms) }}
            else {{ scrubbed_cell('raw_text', 'number', 'varchar', forms) }}
        end as scrubbed_text
    from raw_cells
),

cells as (
    select
        table_name,
        column_name,
        kind,
        scrubbed_text is null as is_plain,
        case
            when kind = 'time' then {{ clean_cell('raw_text', 'scrubbed_text', 'time', 'varchar', null_words()) }}
            else coalesce(scrubbed_text, raw_text)
        end as cell
    from scrubbed
),

parts as (
    select
        *,
        case when kind = 'time' then nullif({{ extracted('cell', zone_name) }}, '') end as time_zone,
        case when kind = 'time' then {{ replaced('cell', zone_name, '') }} else cell end as body
    from cells
),

numbered as (
    select
        *,
        case when {{ matches('body', day_month_year) }} then try_cast({{ extracted('body', '^([0-9]+)') }} as integer) end as first_number,
        case when {{ matches('body', day_month_year) }} then try_cast({{ extracted('body', '^[0-9]+.([0-9]+)') }} as integer) end as second_number,
        case when {{ matches('body', written_number()) }} then try_cast(body as decimal(38, 6)) end as number_value
    from parts
),

shaped as (
    select
        table_name,
        column_name,
        time_zone,
        is_plain,
        cell,
        case
            when kind = 'number' and {{ matches('body', decimal_comma) }} then 'comma'
            when kind = 'number' and {{ matches('body', decimal_point) }} then 'point'
            when kind = 'number' then 'other'
            when first_number > 12 and second_number <= 12 then 'day_first'
            when second_number > 12 and first_number <= 12 then 'month_first'
            when first_number <> second_number and first_number <= 12 then 'either'
            when number_value is not null and {{ matches('body', date_and_hour) }} then 'hour'
            when number_value >= 10000 and number_value < 100000 then 'serial'
            when number_value >= 100000000 then 'epoch'
            else 'other'
        end as shape
    from numbered
)

select
    table_name,
    column_name,
    count(cell) as cells_count,
    bool_and(is_plain) as is_plain,
    count(cell) filter (where shape = 'epoch') as epochs_count,
    count(cell) filter (where shape = 'hour') as hours_count,
    count(cell) filter (where shape = 'serial') as serials_count,
    count(cell) filter (where shape in ('day_first', 'month_first', 'either')) as day_month_count,
    min(cell) filter (where shape = 'day_first') as day_first_example,
    min(cell) filter (where shape = 'month_first') as month_first_example,
    min(cell) filter (where shape = 'either') as either_example,
    count(cell) filter (where shape = 'comma') as commas_count,
    count(cell) filter (where shape = 'point') as points_count,
    {{ distinct_list('time_zone') }} as time_zones
from shaped
group by table_name, column_name
