with later_days as (
    select
        *,
        row_number() over (
            partition by customer_id, due_date
            order by blocked_reason is not null asc nulls last, expected_value desc, preference asc nulls last, action_code asc nulls last
        ) as position
    from {{ ref('action_options') }}
    where not is_first_day
),

{#- One message a customer and day; the first day has the one that next_best_action says. #}

days as (
    {%- set columns = 'customer_id, as_of_date, due_date, is_first_day, action_code, occasion, sku_id, channel, userid, blocked_reason, is_over_cap,'
        ~ ' confirmed_by_staff, weekly_cap, value_at_stake, expected_value' %}
    select
        {{ columns }},
        is_over_staff_capacity
    from {{ ref('chosen_actions') }}
    union all
    select
        {{ columns }},
        false as is_over_staff_capacity
    from later_days
    where position = 1
),

dated as (
    select
        *,
        {{ week_of('due_date') }} as week_begins_on,
        {{ week_of(days_after('as_of_date', 1)) }} as this_week_begins_on,
        blocked_reason is null and not is_over_cap and not is_over_staff_capacity as is_possible
    from days
),

{#- What was delivered this week counts, and what the first day sends comes before what is worth more later. #}

counted as (
    select
        dated.*,
        row_number() over (
            partition by dated.customer_id, dated.channel, dated.week_begins_on, dated.is_possible
            order by dated.is_first_day desc, dated.expected_value desc, dated.due_date asc
        ) as place_in_week,
        case when dated.week_begins_on = dated.this_week_begins_on then coalesce(permissions.messages_this_week_count, 0) else 0 end as delivered_count
    from dated
    left join {{ ref('contact_permissions') }} as permissions
        on dated.customer_id = permissions.customer_id and dated.channel = permissions.channel
)

select
    *,
    place_in_week + delivered_count as messages_count,
    is_over_cap or is_possible and place_in_week + delivered_count > weekly_cap as is_over_weekly_cap
from counted
