with checked as (
    select * from {{ ref('stg_costs__checked') }}
)

select
    cost_date,
    channel,
    cost_kind,
    amount
from checked
where verdict is null
