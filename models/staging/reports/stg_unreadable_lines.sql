{{ config(materialized='table', pre_hook="{{ collect_unreadable_lines() }}") }}

with unreadable as (
    {{ unreadable_lines() }}
)

select
    table_name,
    cast(line_number as bigint) as line_number,
    min(error_type) as error_type,
    min(line_text) as line_text
from unreadable
group by 1, 2
