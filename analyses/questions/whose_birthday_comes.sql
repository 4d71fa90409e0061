{#-
  8. Whose birthday comes, and what do we do?
  8. 谁快过生日了，我们做什么？
  Each row is a customer with a birthday in the next 30 days; without an action, the playbook
  has none for their class, the day is beyond the calendar of 14 days, something else pays more, or they may not be contacted.

      dbt show --select whose_birthday_comes --limit 10
-#}

select
    birthdays.customer_id,
    birthdays.occasion_date as birthday,
    calendar.due_date as do_it_on,
    calendar.action_en,
    calendar.action_zh,
    coalesce(calendar.channel, birthdays.channel, birthdays.blocked_reason) as channel_or_reason
from {{ ref('birthday_and_anniversary') }} as birthdays
left join {{ ref('touch_calendar') }} as calendar
    on birthdays.customer_id = calendar.customer_id and calendar.anchor = 'birthday' and calendar.is_usable
where birthdays.occasion = 'birthday'
order by birthdays.occasion_date asc, birthdays.customer_id asc, calendar.due_date asc nulls first, calendar.action_code asc nulls first
