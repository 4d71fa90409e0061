{#- The members of a group at a date are those that its days add up to. Otherwise a share is of members who are not there. #}
select
    activity.as_of_date,
    activity.chat_id,
    activity.members_count,
    days.total_count
from {{ ref('group_activity') }} as activity
full outer join (
    select days.*
    from {{ ref('daily_groups') }} as days
    inner join {{ ref('int_as_of_dates') }} as dates on days.measured_date = dates.as_of_date
    where days.group_level = 'chat'
) as days
    on activity.as_of_date = days.measured_date and activity.chat_id = days.chat_id
where activity.members_count is distinct from days.total_count or activity.is_dismissed is distinct from (days.groups_count = 0)
