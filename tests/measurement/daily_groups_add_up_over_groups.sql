{#- Groups add up to their kind, and kinds to all. Otherwise a member is in no group, or a group in two kinds. #}
{%- set counted = ['total_count', 'joined_count', 'quit_count', 'left_with_group_count', 'groups_count'] %}
with summed as (
    select
        measured_date,
        'kind' as group_level,
        group_kind,
        {% for column in counted -%}
            sum({{ column }}) as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('daily_groups') }}
    where group_level = 'chat'
    group by measured_date, group_kind
    union all
    select
        measured_date,
        'all' as group_level,
        'all' as group_kind,
        {% for column in counted -%}
            sum({{ column }}) as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('daily_groups') }}
    where group_level = 'kind'
    group by measured_date
)

select days.*
from {{ ref('daily_groups') }} as days
left join summed
    on days.measured_date = summed.measured_date and days.group_level = summed.group_level and days.group_kind = summed.group_kind
where
    days.group_level <> 'chat'
    and (
        summed.measured_date is null
        {% for column in counted -%}
            or days.{{ column }} <> summed.{{ column }}
        {% endfor %}
    )
