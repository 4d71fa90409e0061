{{ config(group='staging') }}

{#- Money went missing, or was made up, between a raw table and its staging model: revenue will not match the books. -#}
select
    table_name,
    raw_amount,
    staged_amount + rejected_amount + duplicate_amount as accounted_amount
from {{ ref('stg_row_balance') }}
where raw_amount is distinct from staged_amount + rejected_amount + duplicate_amount
