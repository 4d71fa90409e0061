{#-
  The members and groups of a day are those of the day before and what changed on it, from the first day on, and no day is missing.
  Otherwise a group seems to grow while it empties.
#}
with days as (
    select
        *,
        lag(measured_date) over so_far as date_before,
        coalesce(lag(total_count) over so_far, 0) as total_before,
        coalesce(lag(groups_count) over so_far, 0) as groups_before
    from {{ ref('daily_groups') }}
    window so_far as (partition by group_level, group_kind, chat_id order by measured_date nulls last)
)

select *
from days
where
    total_count <> total_before + joined_count - lost_count
    or net_count <> joined_count - lost_count
    or lost_count <> quit_count + left_with_group_count
    or quit_count <> quit_by_member_count + removed_count + quit_unknown_count
    or joined_count <> joined_invited_count + joined_by_link_count + joined_by_qr_code_count + joined_unknown_count
    or groups_count <> groups_before + groups_created_count - groups_dismissed_count
    or {{ dbt.datediff('date_before', 'measured_date', 'day') }} <> 1
