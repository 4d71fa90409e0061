with touches as (
    select * from {{ ref('int_touchpoints__unified') }}
    where customer_id is not null
),

{#- The week that messages are counted in, Monday to Sunday, is the one in which the lists of the newest date go out: the day after it. #}

newest as (
    select {{ week_of(days_after('as_of_date', 1)) }} as week_begins_on
    from {{ ref('int_as_of_dates') }}
    where is_current
)

select
    touches.customer_id,
    touches.touchpoint,
    touches.staff_userid,
    max(touches.occurred_at) as last_at,
    max(case when touches.touch_class <> 'passive' then touches.occurred_at end) as last_answered_at,
    count(case when touches.event_type = 'message_delivered' and touches.occurred_date >= newest.week_begins_on then 1 end) as messages_this_week_count
from touches
cross join newest
group by touches.customer_id, touches.touchpoint, touches.staff_userid
