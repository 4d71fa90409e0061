{{ config(group='staging') }}

{#- A row was turned away and not kept: nobody can repair what nobody can see. -#}
with kept as (
    select
        table_name,
        count(*) as kept_rows
    from {{ ref('stg_rejected_rows') }}
    group by table_name
)

select
    balance.table_name,
    balance.rejected_rows,
    coalesce(kept.kept_rows, 0) as kept_rows
from {{ ref('stg_row_balance') }} as balance
left join kept on balance.table_name = kept.table_name
where balance.rejected_rows <> coalesce(kept.kept_rows, 0)
