with summary as (
    select * from {{ ref('stg_delivery_summary') }}
)

select
    table_name,
    staged_rows
from summary
where staged_rows > 0
