{#- What may go out comes before what is worth more and may not. #}

with options as (
    select
        *,
        confirmed_by_staff and not is_over_cap as needs_staff,
        row_number() over (
            partition by customer_id, confirmed_by_staff and not is_over_cap
            order by
                blocked_reason is not null or is_over_cap asc nulls last, expected_value desc,
                preference asc nulls last, action_code asc nulls last, channel asc nulls last
        ) as position
    from {{ ref('action_options') }}
    where is_first_day
),

best as (
    select * from options
    where position = 1
),

{#-
  What a customer's best action through staff is worth above their best one without: the confirmations of a day go to those
  for whom they make most of a difference. Nobody has two senders, so this is the best that all confirmations can do.
#}

queues as (
    select
        through_staff.customer_id,
        without_staff.customer_id is not null as has_another_way,
        through_staff.expected_value >= coalesce(without_staff.expected_value, 0) as is_better_through_staff,
        row_number() over (
            partition by through_staff.userid
            order by
                through_staff.expected_value - coalesce(without_staff.expected_value, 0) desc,
                through_staff.customer_id asc nulls last
        ) as place
    from best as through_staff
    left join best as without_staff on through_staff.customer_id = without_staff.customer_id and not without_staff.needs_staff
    where through_staff.needs_staff
),

seated as (
    select
        *,
        is_better_through_staff and place <= {{ var('staff_daily_confirmations') }} as has_seat
    from queues
)

select
    best.*,
    best.needs_staff and not seated.has_seat as is_over_staff_capacity
from best
left join seated on best.customer_id = seated.customer_id
where
    seated.customer_id is null
    or best.needs_staff = seated.has_seat
    or not seated.has_another_way
