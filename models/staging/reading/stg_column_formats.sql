{{ config(materialized='table') }}

with shapes as (
    select * from {{ ref('stg_column_shapes') }}
),

{#-
  Which comes first in 01/12/2010: the column's own cells say, else var date_order; when neither does, the build stops and
  asks. A few strays in a column of another form are not worth a question: they are rejected.
#}

asked as (
    select
        *,
        day_first_example is not null and month_first_example is null as is_day_first,
        month_first_example is not null and day_first_example is null as is_month_first,
        day_month_count * 10 >= cells_count and day_month_count > 0
        and coalesce(day_first_example, either_example) is not null as is_undecided,
        case
            when day_first_example is null
                then
                    'The dates in column ' || column_name || ' of raw table ' || table_name || ', such as ' || either_example
                    || ', do not say whether the day or the month comes first: set var date_order to day_first or month_first.'
            else
                'The column ' || column_name || ' of raw table ' || table_name || ' holds dates that can only be read day first ('
                || day_first_example || ') and others that can only be read month first (' || month_first_example
                || '): repair the file, or set var date_order to day_first or month_first, and those of the other kind are rejected.'
        end as question
    from shapes
),

decided as (
    select
        table_name,
        column_name,
        cells_count,
        is_plain,
        case
            when epochs_count * 2 > cells_count then 'epochs'
            when hours_count * 2 > cells_count then 'hours'
            when serials_count * 2 > cells_count then 'serials'
        end as numbers_are,
        case
            when is_day_first then 'day_first'
            when is_month_first then 'month_first'
            when is_undecided then {{ raise_error('question') if var('date_order') == 'auto' else "'" ~ var('date_order') ~ "'" }}
        end as date_order,
        case
            when
                sum(commas_count) over (partition by table_name) > 0
                and sum(points_count) over (partition by table_name) = 0
                then 'comma'
            else 'point'
        end as decimal_mark,
        time_zones
    from asked
)

select
    *,
    case
        when numbers_are is not null or date_order is not null or decimal_mark = 'comma' or time_zones is not null
            then
                table_name || '.' || column_name || ' was read as ' || concat_ws(
                    ', ',
                    case numbers_are
                        when 'epochs' then 'epochs'
                        when 'serials' then 'serial days of a spreadsheet'
                        when 'hours' then 'dates and hours without separators'
                    end,
                    case date_order
                        when 'day_first' then 'dates with the day first'
                        when 'month_first' then 'dates with the month first'
                    end,
                    case when decimal_mark = 'comma' then 'numbers with a decimal comma' end,
                    'times in ' || time_zones
                )
    end as read_as
from decided
