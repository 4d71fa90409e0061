select
    userid,
    stat_date,
    {#- Two rows of one business day, when stat_time is no midnight, are one day. #}
    cast(sum(coalesce(new_apply_cnt, 0)) as bigint) as applications_count,
    cast(sum(coalesce(new_contact_cnt, 0)) as bigint) as new_contacts_count,
    cast(sum(coalesce(chat_cnt, 0)) as bigint) as chats_count,
    cast(sum(coalesce(message_cnt, 0)) as bigint) as messages_count,
    cast(sum(case when reply_percentage is not null then coalesce(chat_cnt, 0) else 0 end) as bigint) as rated_chats_count,
    {{ exact_sum('coalesce(reply_percentage, 0) / 100 * coalesce(chat_cnt, 0)') }} as replied_chats,
    cast(sum(case when avg_reply_time is not null then coalesce(chat_cnt, 0) else 0 end) as bigint) as timed_chats_count,
    {{ exact_sum('coalesce(avg_reply_time, 0) * coalesce(chat_cnt, 0)') }} as reply_minutes,
    cast(sum(coalesce(negative_feedback_cnt, 0)) as bigint) as negative_feedback_count
from {{ ref('stg_wecom_staff_daily') }}
where {{ is_until_newest('stat_date') }}
group by userid, stat_date
