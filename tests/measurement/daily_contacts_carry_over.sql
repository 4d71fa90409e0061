{#-
  The contacts and people of a day are those of the day before and what changed on it, from the first day on, no day is missing,
  and who was handed over waits until somebody takes them up. Otherwise the team reports a growth that its total does not show.
#}
with days as (
    select
        *,
        lag(measured_date) over so_far as date_before,
        coalesce(lag(total_count) over so_far, 0) as total_before,
        coalesce(lag(awaiting_transfer_count) over so_far, 0) as awaiting_before,
        coalesce(lag(people_count) over so_far, 0) as people_before
    from {{ ref('daily_contacts') }}
    window so_far as (partition by channel_level, channel order by measured_date nulls last)
)

select *
from days
where
    total_count <> total_before + new_count - lost_count
    or net_count <> new_count - lost_count
    or lost_count <> lost_by_customer_count + lost_by_staff_count + lost_unknown_count
    or awaiting_transfer_count <> awaiting_before + transferred_out_count - transferred_in_count
    or people_count <> people_before + new_people_count - lost_people_count
    or {{ dbt.datediff('date_before', 'measured_date', 'day') }} <> 1
