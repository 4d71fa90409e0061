with checked as (
    select * from {{ ref('stg_wecom_group_chats__checked') }}
)

select
    chat_id,
    name,
    owner,
    create_time,
    event_date as created_date,
    dismissed_at,
    group_kind
from checked
where verdict is null
