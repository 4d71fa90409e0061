with checked as (
    select * from {{ ref('stg_wecom_contact_ways__checked') }}
)

select
    config_id,
    state,
    channel_name,
    userid,
    created_at,
    event_date as created_date
from checked
where verdict is null
