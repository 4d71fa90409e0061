{#-
  What members of staff gained, lost and hold by a date is what the days of its month say of all contacts. Otherwise the report by
  member of staff and the report by day contradict each other in the same meeting.
#}
with staff as (
    select
        as_of_date,
        cast({{ dbt.date_trunc('month', 'as_of_date') }} as date) as month_begins_on,
        sum(contacts_count) as contacts_count,
        sum(new_contacts_count) as new_count,
        sum(lost_contacts_count) as lost_count,
        sum(transferred_in_count) as transferred_in_count,
        sum(transferred_out_count) as transferred_out_count
    from {{ ref('staff_performance') }}
    group by as_of_date
),

days as (
    select
        staff.as_of_date,
        sum(
            case when days.measured_date = staff.as_of_date then days.total_count - days.awaiting_transfer_count else 0 end
        ) as contacts_count,
        sum(days.new_count) as new_count,
        sum(days.lost_count) as lost_count,
        sum(days.transferred_in_count) as transferred_in_count,
        sum(days.transferred_out_count) as transferred_out_count
    from staff
    inner join {{ ref('daily_contacts') }} as days on days.measured_date between staff.month_begins_on and staff.as_of_date
    where days.channel_level = 'all'
    group by staff.as_of_date
)

select staff.*
from staff
left join days on staff.as_of_date = days.as_of_date
where
    staff.contacts_count <> coalesce(days.contacts_count, 0)
    or staff.new_count <> coalesce(days.new_count, 0)
    or staff.lost_count <> coalesce(days.lost_count, 0)
    or staff.transferred_in_count <> coalesce(days.transferred_in_count, 0)
    or staff.transferred_out_count <> coalesce(days.transferred_out_count, 0)
