with checked as (
    select * from {{ ref('stg_campaigns__checked') }}
)

select
    campaign_id,
    campaign_name,
    campaign_kind,
    touchpoint,
    starts_at,
    ends_at,
    cost_amount
from checked
where verdict is null
