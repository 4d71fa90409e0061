with due as (
    select
        dates.*,
        dates.due_date = {{ days_after('dates.as_of_date', 1) }} as is_first_day,
        channel_touchpoints.channel as own_channel
    from {{ ref('action_dates') }} as dates
    inner join {{ ref('channel_touchpoints') }} as channel_touchpoints on dates.touchpoint = channel_touchpoints.touchpoint
),

permissions as (
    select
        customer_id,
        channel,
        is_over_cap
    from {{ ref('contact_permissions') }}
    where is_allowed
),

routes as (
    select * from {{ ref('contact_routes') }}
),

channels as (
    select * from {{ ref('contact_channels') }}
),

{#-
  An action goes over its own channel where the customer allows it, else over the best one that they do. This week's cap counts
  on the first day only: touch_calendar counts the later days as it fills them. Whoever is only in a group can still be spoken to there.
#}

own_or_best as (
    select
        due.customer_id,
        due.as_of_date,
        due.due_date,
        due.is_first_day,
        due.action_code,
        due.occasion,
        due.sku_id,
        due.probability,
        due.value_at_stake,
        due.expected_value,
        routes.userid,
        case when permissions.channel is null then routes.blocked_reason end as blocked_reason,
        case
            when permissions.channel is not null and not (due.is_first_day and permissions.is_over_cap) then permissions.channel
            else coalesce(routes.channel, permissions.channel)
        end as channel,
        due.is_first_day and coalesce(permissions.is_over_cap, true) and (routes.is_over_cap or routes.channel is null) as has_no_way_now,
        routes.channel_without_staff
    from due
    inner join routes on due.customer_id = routes.customer_id
    left join permissions on due.customer_id = permissions.customer_id and due.own_channel = permissions.channel
),

ways as (
    select 'best' as way
    union all
    select 'without_staff' as way
),

both_ways as (
    select
        own_or_best.customer_id,
        own_or_best.as_of_date,
        own_or_best.due_date,
        own_or_best.is_first_day,
        own_or_best.action_code,
        own_or_best.occasion,
        own_or_best.sku_id,
        own_or_best.probability,
        own_or_best.value_at_stake,
        own_or_best.expected_value,
        own_or_best.userid,
        own_or_best.blocked_reason,
        own_or_best.blocked_reason is null and own_or_best.has_no_way_now as is_over_cap,
        case when ways.way = 'best' then own_or_best.channel else own_or_best.channel_without_staff end as channel
    from own_or_best
    cross join ways
    left join channels on own_or_best.channel = channels.channel
    where ways.way = 'best' or own_or_best.is_first_day and channels.confirmed_by_staff and own_or_best.channel_without_staff is not null
)

select
    both_ways.customer_id,
    both_ways.as_of_date,
    both_ways.due_date,
    both_ways.is_first_day,
    both_ways.action_code,
    both_ways.occasion,
    both_ways.sku_id,
    both_ways.channel,
    both_ways.userid,
    both_ways.blocked_reason,
    both_ways.is_over_cap,
    coalesce(channels.confirmed_by_staff, false) as confirmed_by_staff,
    channels.weekly_cap,
    channels.preference,
    both_ways.probability,
    both_ways.value_at_stake,
    both_ways.expected_value - coalesce(cast(channels.unit_cost_amount as double), 0) as expected_value
from both_ways
left join channels on both_ways.channel = channels.channel
where both_ways.expected_value > coalesce(cast(channels.unit_cost_amount as double), 0)
