{{ config(materialized='table') }}

{%- set day_month_year = '([0-9]{1,2})[-/.]([0-9]{1,2})[-/.](?:19|2[01])[0-9]{2}(?: .*)?' %}
{%- set date_and_hour = '(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])' %}
{%- set decimal_comma = '-?(?:(?:[0-9]{1,3}(?:[. ][0-9]{3})*|[0-9]+),[0-9]{1,2}|[0-9]{1,3}(?:[. ][0-9]{3})+,[0-9]+|(?:0|[0-9]{4,}),[0-9]+)' %}
{%- set decimal_point = '-?(?:[0-9, ]*[.](?:[0-9]{1,2}|[0-9]{4,})|[0-9]{1,3}(?:,[0-9]{3})+[.][0-9]+|0[.][0-9]+)' %}

with raw_cells as (
    {{ cells_to_decide() }}
),

scrubbed as (
    select
        *,
        case kind
            when 'time' then {{ scrubbed_cell('raw_text', 'time', 'varchar') }}
            else {{ scrubbed_cell('raw_text', 'number', 'varchar') }}
        end as scrubbed_text
    from raw_cells
),

cells as (
    select
        table_name,
        column_name,
        kind,
        case kind
            when 'time' then {{ clean_cell('raw_text', 'scrubbed_text', 'time', 'varchar', null_words()) }}
            else coalesce(scrubbed_text, raw_text)
        end as cell,
        scrubbed_text is null as is_plain
    from scrubbed
),

parts as (
    select
        *,
        nullif({{ extracted('cell', ' ([A-Z][A-Za-z]+/[A-Za-z_/+-]+)$') }}, '') as time_zone,
        case kind when 'time' then {{ replaced('cell', ' [A-Z][A-Za-z]+/[A-Za-z_/+-]+$', '') }} else cell end as body
    from cells
),

numbered as (
    select
        *,
        case when kind = 'time' and {{ matches('body', day_month_year) }} then try_cast({{ extracted('body', '^([0-9]{1,2})') }} as integer) end as first_number,
        case when kind = 'time' and {{ matches('body', day_month_year) }} then try_cast({{ extracted('body', '^[0-9]{1,2}.([0-9]{1,2})') }} as integer) end as second_number,
        case when kind = 'time' and {{ matches('body', written_number()) }} then try_cast(body as decimal(38, 6)) end as number_value
    from parts
),

shaped as (
    select
        table_name,
        column_name,
        time_zone,
        cell,
        is_plain,
        case
            when cell is null then null
            when kind = 'number' and {{ matches('body', decimal_comma) }} then 'comma'
            when kind = 'number' and {{ matches('body', decimal_point) }} then 'point'
            when first_number > 12 and second_number <= 12 then 'day_first'
            when second_number > 12 and first_number <= 12 then 'month_first'
            when first_number <> second_number and first_number <= 12 and second_number <= 12 then 'either'
            when number_value is not null and {{ matches('body', date_and_hour) }} then 'hour'
            when number_value >= 10000 and number_value < 100000 then 'serial'
            when number_value >= 100000000 then 'epoch'
            else 'other'
        end as shape
    from numbered
),

counted as (
    select
        table_name,
        column_name,
        count(cell) as cells_count,
        bool_and(is_plain) as is_plain,
        count(*) filter (where shape = 'epoch') as epochs_count,
        count(*) filter (where shape = 'hour') as hours_count,
        count(*) filter (where shape = 'serial') as serials_count,
        min(cell) filter (where shape = 'day_first') as day_first_example,
        min(cell) filter (where shape = 'month_first') as month_first_example,
        min(cell) filter (where shape = 'either') as either_example,
        count(*) filter (where shape in ('day_first', 'month_first', 'either')) as day_month_count,
        count(*) filter (where shape = 'comma') as commas_count,
        count(*) filter (where shape = 'point') as points_count,
        {{ distinct_list('time_zone') }} as time_zones
    from shaped
    group by table_name, column_name
)

select
    table_name,
    column_name,
    cells_count,
    case
        when epochs_count * 2 > cells_count then 'epochs'
        when hours_count * 2 > cells_count then 'hours'
        when serials_count * 2 > cells_count then 'serials'
    end as numbers_are,
    case
        when day_first_example is not null and month_first_example is null then 'day_first'
        when month_first_example is not null and day_first_example is null then 'month_first'
        {#- A few strays in a column of another form are not worth a question: they are rejected. #}
        when coalesce(day_first_example, either_example) is not null and day_month_count * 10 >= cells_count
            then {{ ("'" ~ var('date_order') ~ "'") if var('date_order') != 'auto' else raise_error(date_order_sentence()) }}
    end as date_order,
    case when sum(commas_count) over (partition by table_name) > 0 and sum(points_count) over (partition by table_name) = 0 then 'comma' else 'point' end as decimal_mark,
    time_zones,
    is_plain
from counted
