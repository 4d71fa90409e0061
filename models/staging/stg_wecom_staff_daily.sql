with checked as (
    select * from {{ ref('stg_wecom_staff_daily__checked') }}
)

select
    userid,
    stat_time,
    event_date as stat_date,
    new_apply_cnt,
    new_contact_cnt,
    chat_cnt,
    message_cnt,
    reply_percentage,
    avg_reply_time,
    negative_feedback_cnt
from checked
where verdict is null
