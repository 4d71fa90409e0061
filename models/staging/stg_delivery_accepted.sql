{{ config(materialized='table') }}

{#- An older version of a row that came again is no loss. #}

with superseded as (
    select
        table_name,
        count(*) as superseded_rows
    from {{ ref('stg_rejected_rows') }}
    where reason_code = 'duplicate_key'
    group by table_name
),

reasons as (
    select
        table_name,
        reason_code || coalesce(':' || reason_column, '') as reason,
        count(*) as rows_count
    from {{ ref('stg_rejected_rows') }}
    where reason_code <> 'duplicate_key'
    group by 1, 2
),

commonest as (
    select
        table_name,
        max_by(reason, {{ in_order(['rows_count', 'reason']) }}) as reason
    from reasons
    group by table_name
),

delivered as (
    select
        balance.table_name,
        balance.raw_rows,
        balance.staged_rows,
        balance.rejected_rows - coalesce(superseded.superseded_rows, 0) as lost_rows,
        commonest.reason
    from {{ ref('stg_row_balance') }} as balance
    left join superseded on balance.table_name = superseded.table_name
    left join commonest on balance.table_name = commonest.table_name
),

refused as (
    select
        case
            when table_name = 'orders' and staged_rows = 0
                then 'The raw table orders stages no row (' || raw_rows || ' delivered'
                    || coalesce(', most of them rejected as ' || reason, '')
                    || '), so there is nothing to build: look into staging.stg_rejected_rows, and repair the export.'
            else 'The raw table ' || table_name || ' loses ' || lost_rows || ' of its ' || raw_rows || ' rows, most of them as ' || reason
                || ', more than var max_rejected_share ({{ var("max_rejected_share") }}) lets through: look into staging.stg_rejected_rows, and repair the export or raise the var.'
        end as sentence
    from delivered
    where
        (table_name = 'orders' and staged_rows = 0)
        or lost_rows > raw_rows * {{ var('max_rejected_share') }}
)

select
    count(*) as refused_tables,
    case when count(*) > 0 then {{ raise_error('min(sentence)') }} else true end as is_accepted
from refused
