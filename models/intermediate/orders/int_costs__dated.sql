with costs as (
    select * from {{ ref('stg_costs') }}
)

select
    cost_date,
    channel,
    cost_kind,
    amount
from costs
where {{ is_until_newest('cost_date') }}
