with checked as (
    select * from {{ ref('stg_contact_blocks__checked') }}
    where verdict is null
)

select
    {{ identifier_types() | join(', ') }},
    coalesce(channel, 'all') as channel,
    reason,
    case when coalesce(value_losses, '') not like '%out_of_range|blocked_at|%' then blocked_at end as blocked_at,
    case when coalesce(value_losses, '') not like '%out_of_range|blocked_at|%' then event_date end as blocked_date,
    case when coalesce(value_losses, '') not like '%out_of_range|blocked_until|%' then blocked_until end as blocked_until
from checked
