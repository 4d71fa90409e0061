with checked as (
    select * from {{ ref('stg_wecom_group_members__checked') }}
)

select
    chat_id,
    userid,
    join_time,
    event_date as joined_date,
    type,
    unionid,
    join_scene,
    invitor_userid,
    quit_time,
    quit_scene
from checked
where verdict is null
