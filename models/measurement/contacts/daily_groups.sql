{%- set kinds = {
    'joined_invited_count': 'joined_invited', 'joined_by_link_count': 'joined_link', 'joined_by_qr_code_count': 'joined_qr_code',
    'joined_unknown_count': 'joined_unknown', 'quit_by_member_count': 'left_by_member', 'removed_count': 'left_removed',
    'quit_unknown_count': 'left_unknown', 'left_with_group_count': 'left_dismissed',
    'groups_created_count': 'group_created', 'groups_dismissed_count': 'group_dismissed'
} -%}

with flows as (
    select
        group_level,
        group_kind,
        chat_id,
        {% for column, kind in kinds.items() -%}
            count(case when flow_kind = '{{ kind }}' then 1 end) as {{ column }},
        {% endfor -%}
        flow_date
    from {{ ref('group_flows') }}
    group by group_level, group_kind, chat_id, flow_date
),

places as (
    select
        group_level,
        group_kind,
        chat_id,
        min(flow_date) as first_date
    from flows
    group by group_level, group_kind, chat_id
),

days as (
    select
        places.group_level,
        places.group_kind,
        places.chat_id,
        {% for column in kinds -%}
            coalesce(flows.{{ column }}, 0) as {{ column }},
        {% endfor -%}
        calendar.measured_date
    from {{ ref('daily_calendar') }} as calendar
    inner join places on calendar.measured_date >= places.first_date
    left join flows
        on
            calendar.measured_date = flows.flow_date
            and places.group_level = flows.group_level
            and places.group_kind = flows.group_kind
            and places.chat_id = flows.chat_id
),

summed as (
    select
        *,
        joined_invited_count + joined_by_link_count + joined_by_qr_code_count + joined_unknown_count as joined_count,
        quit_by_member_count + removed_count + quit_unknown_count as quit_count
    from days
)

select
    measured_date,
    group_level,
    group_kind,
    chat_id,
    cast(sum(joined_count - quit_count - left_with_group_count) over so_far as bigint) as total_count,
    joined_count,
    joined_invited_count,
    joined_by_link_count,
    joined_by_qr_code_count,
    joined_unknown_count,
    quit_count + left_with_group_count as lost_count,
    quit_count,
    quit_by_member_count,
    removed_count,
    quit_unknown_count,
    left_with_group_count,
    joined_count - quit_count - left_with_group_count as net_count,
    cast(sum(groups_created_count - groups_dismissed_count) over so_far as bigint) as groups_count,
    groups_created_count,
    groups_dismissed_count
from summed
window so_far as (
    partition by group_level, group_kind, chat_id order by measured_date nulls last rows between unbounded preceding and current row
)
