with campaigns as (
    select * from {{ ref('stg_campaigns') }}
)

select
    campaign_id,
    campaign_name,
    campaign_kind,
    touchpoint,
    {{ business_date('starts_at') }} as starts_date,
    {{ business_date('ends_at') }} as ends_date,
    cost_amount
from campaigns
