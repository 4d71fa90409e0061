{{ config(materialized='table') }}

with lost as (
    select
        table_name,
        reason_code || coalesce(' of ' || reason_column, '') as reason,
        count(*) as rows_count
    from {{ ref('stg_rejected_rows') }}
    {#- An older version of a row that came again is no loss. #}
    where reason_code <> 'duplicate_key'
    group by table_name, reason_code, reason_column
),

lost_by_table as (
    select
        table_name,
        sum(rows_count) as lost_rows,
        max_by(reason, {{ in_order(['rows_count', 'reason']) }}) as commonest_reason
    from lost
    group by table_name
),

delivered as (
    select
        balance.table_name,
        balance.raw_rows,
        balance.staged_rows,
        coalesce(lost_by_table.lost_rows, 0) as lost_rows,
        coalesce(', most of them as ' || lost_by_table.commonest_reason, '') as reason
    from {{ ref('stg_row_balance') }} as balance
    left join lost_by_table on balance.table_name = lost_by_table.table_name
),

refused as (
    select
        case
            when table_name = 'orders' and staged_rows = 0
                then 'The raw table orders stages none of its ' || raw_rows || ' rows' || reason || ', so there is nothing to build'
            else
                'The raw table ' || table_name || ' loses ' || lost_rows || ' of its ' || raw_rows || ' rows' || reason
                || ', more than var max_rejected_share ({{ var("max_rejected_share") }}) lets through'
        end || ': look into staging.stg_rejected_rows and repair the export.' as sentence,
        {#- Without its orders a brand's lines and refunds are orphans: the orders are what to look at. #}
        case when table_name = 'orders' then 0 else 1 end as place
    from delivered
    where (table_name = 'orders' and staged_rows = 0) or lost_rows > raw_rows * {{ var('max_rejected_share') }}
)

select
    count(*) as refused_tables,
    case when count(*) > 0 then {{ raise_error('min_by(sentence, ' ~ in_order(['place', 'sentence']) ~ ')') }} else true end as is_accepted
from refused
