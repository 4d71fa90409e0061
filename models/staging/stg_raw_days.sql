{{ config(materialized='table') }}

{#- Read from the raw files, not from the checked tables: which of their rows are good depends on these days. #}

with days as (
    {{ raw_days() }}
)

select
    table_name,
    event_date,
    raw_date,
    sum(events_count) as events_count,
    sum(rows_hash) as rows_hash
from days
group by table_name, event_date, raw_date
