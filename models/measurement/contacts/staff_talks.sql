select
    months.as_of_date,
    talks.userid,
    cast(sum(talks.chats_count) as bigint) as chats_count,
    cast(sum(talks.messages_count) as bigint) as messages_count,
    {{ share(exact_sum('talks.replied_chats'), 'sum(talks.rated_chats_count)') }} as reply_rate,
    {{ share(exact_sum('talks.reply_minutes'), 'sum(talks.timed_chats_count)') }} as reply_minutes,
    cast(sum(talks.negative_feedback_count) as bigint) as negative_feedback_count
from {{ ref('int_staff_days__dated') }} as talks
inner join {{ ref('contact_months') }} as months on talks.stat_date between months.month_begins_on and months.as_of_date
group by months.as_of_date, talks.userid
