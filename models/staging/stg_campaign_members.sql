with checked as (
    select * from {{ ref('stg_campaign_members__checked') }}
)

select
    campaign_id,
    customer_id,
    variant,
    assigned_at,
    event_date as assigned_date,
    sent_status
from checked
where verdict is null
