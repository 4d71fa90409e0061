{{ config(materialized='table') }}

with balance as (
    select * from {{ ref('stg_row_balance') }}
),

reasons as (
    select
        table_name,
        reason_code || coalesce(' ' || reason_column, '') as reason,
        count(*) as rows_count
    from {{ ref('stg_rejected_rows') }}
    group by table_name, reason_code, reason_column
),

ranked_reasons as (
    select
        *,
        row_number() over (partition by table_name order by rows_count desc, reason asc nulls last) as place
    from reasons
),

losses as (
    select
        table_name,
        kind in ('unreadable_value', 'out_of_range', 'unknown_code', 'word_for_nothing') as is_lost,
        rows_count
    from {{ ref('stg_value_losses') }}
),

values_of_tables as (
    select
        table_name,
        sum(case when is_lost then rows_count else 0 end) as lost_values,
        sum(case when is_lost then 0 else rows_count end) as mended_values
    from losses
    group by table_name
)

select
    balance.table_name,
    balance.raw_rows,
    balance.staged_rows,
    balance.exact_duplicates,
    balance.rejected_rows,
    cast(coalesce(values_of_tables.lost_values, 0) as bigint) as lost_values,
    cast(coalesce(values_of_tables.mended_values, 0) as bigint) as mended_values,
    commonest.reason as commonest_reason,
    commonest.rows_count as commonest_reason_rows,
    next_common.reason as second_reason,
    next_common.rows_count as second_reason_rows
from balance
left join values_of_tables on balance.table_name = values_of_tables.table_name
left join ranked_reasons as commonest on balance.table_name = commonest.table_name and commonest.place = 1
left join ranked_reasons as next_common on balance.table_name = next_common.table_name and next_common.place = 2
where balance.raw_rows > 0
