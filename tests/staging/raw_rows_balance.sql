{{ config(group='staging') }}

{#- Rows went missing between a raw table and its staging model: customers and orders that no report will ever see. -#}
select
    table_name,
    raw_rows,
    staged_rows + rejected_rows + exact_duplicates as accounted_rows
from {{ ref('stg_row_balance') }}
where raw_rows is distinct from staged_rows + rejected_rows + exact_duplicates
