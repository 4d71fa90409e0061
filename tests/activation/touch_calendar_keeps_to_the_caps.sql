{#-
  Weeks, days and members of staff with more messages than the caps allow, those already delivered this week included. Whoever gets
  more than they bear leaves, and what nobody has time to confirm is not sent.
-#}
with planned as (
    select
        *,
        {{ week_of('due_date') }} as week_begins_on,
        {{ week_of(days_after('as_of_date', 1)) }} as this_week_begins_on
    from {{ ref('touch_calendar') }}
    where is_usable
),

by_week as (
    select
        planned.customer_id,
        planned.channel,
        planned.week_begins_on,
        count(*) as planned_count,
        max(case when planned.week_begins_on = planned.this_week_begins_on then permissions.messages_this_week_count else 0 end) as delivered_count,
        max(permissions.weekly_cap) as weekly_cap
    from planned
    inner join {{ ref('contact_permissions') }} as permissions
        on planned.customer_id = permissions.customer_id and planned.channel = permissions.channel
    group by planned.customer_id, planned.channel, planned.week_begins_on
),

by_sender as (
    select
        sender_userid,
        due_date,
        count(*) as planned_count
    from planned
    where sender_userid is not null
    group by sender_userid, due_date
)

select
    'week' as cap,
    customer_id as who,
    week_begins_on as since
from by_week
where planned_count + delivered_count > weekly_cap
union all
select
    'staff' as cap,
    sender_userid as who,
    due_date as since
from by_sender
where planned_count > {{ var('staff_daily_confirmations') }}
union all
select
    'day' as cap,
    customer_id as who,
    due_date as since
from planned
group by customer_id, due_date
having count(*) > 1
