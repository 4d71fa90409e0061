{#-
  6. What goes out in the next 14 days, by day and channel?
  6. 未来 14 天每天、每个渠道要发什么？
  Each row is a day and a channel: how many messages go out, for how many different actions, and what they are expected to bring in all.

      dbt show --select what_goes_out_when --limit 100
-#}

select
    due_date,
    channel,
    count(*) as messages,
    count(distinct action_code) as actions,
    round(sum(expected_value), 2) as expected_value
from {{ ref('touch_calendar') }}
where is_usable
group by due_date, channel
order by due_date asc, messages desc, channel asc
