with customers as (
    select
        customer_id,
        as_of_date,
        follows_account
    from {{ ref('customer_tags') }}
    where is_current
),

channels as (
    select
        channel,
        needs,
        weekly_cap,
        is_personal,
        confirmed_by_staff,
        preference
    from {{ ref('contact_channels') }}
),

{#- A refusal on a channel that we do not know is taken as one of all, a permission on it as one of none. -#}
{%- set covers = "changes.channel in (channels.channel, 'all') or changes.channel = 'other' and changes.status = 'withdrawn'" %}

consents as (
    select
        changes.customer_id,
        channels.channel,
        changes.status,
        row_number() over (
            partition by changes.customer_id, channels.channel
            order by changes.changed_at desc nulls last, changes.status desc
        ) as position
    from {{ ref('int_consents__dated') }} as changes
    inner join channels on {{ covers }}
    where changes.purpose = 'marketing'
),

blocks as (
    select
        blocks.customer_id,
        channels.channel,
        {#- Whatever the reason is called, it is a block. #}
        min_by(coalesce(reasons.reason, 'other'), coalesce(reasons.severity, 99)) as reason
    from {{ ref('int_contact_blocks__dated') }} as blocks
    inner join channels on blocks.channel in (channels.channel, 'all', 'other')
    left join {{ ref('blocked_reasons') }} as reasons on blocks.reason = reasons.reason
    inner join {{ ref('int_as_of_dates') }} as dates on dates.is_current
    where blocks.blocked_until_date is null or blocks.blocked_until_date >= dates.as_of_date
    group by blocks.customer_id, channels.channel
),

held_out as (
    select * from {{ ref('int_customers__held_out') }}
),

addresses as (
    select * from {{ ref('int_addresses__held') }}
),

messages as (
    select
        touchpoints.customer_id,
        channel_touchpoints.channel,
        sum(touchpoints.messages_this_week_count) as messages_this_week_count
    from {{ ref('int_touchpoints__summed') }} as touchpoints
    inner join {{ ref('channel_touchpoints') }} as channel_touchpoints on touchpoints.touchpoint = channel_touchpoints.touchpoint
    where touchpoints.messages_this_week_count > 0
    group by touchpoints.customer_id, channel_touchpoints.channel
),

judged as (
    select
        customers.customer_id,
        customers.as_of_date,
        channels.channel,
        channels.preference,
        channels.is_personal,
        channels.confirmed_by_staff,
        coalesce(consents.status, 'not_asked') as consent_status,
        case
            when blocks.reason is not null then blocks.reason
            when consents.status = 'withdrawn' then 'consent_withdrawn'
            when consents.status is null and '{{ var("consent_default") }}' = 'required' then 'consent_missing'
            when held_out.customer_id is not null then 'hold_out'
            when addresses.customer_id is null or channels.channel = 'official_account' and not customers.follows_account then 'no_address'
        end as blocked_reason,
        cast(coalesce(messages.messages_this_week_count, 0) as bigint) as messages_this_week_count,
        channels.weekly_cap
    from customers
    cross join channels
    left join consents on customers.customer_id = consents.customer_id and channels.channel = consents.channel and consents.position = 1
    left join blocks on customers.customer_id = blocks.customer_id and channels.channel = blocks.channel
    left join held_out on customers.customer_id = held_out.customer_id
    left join addresses on customers.customer_id = addresses.customer_id and channels.needs = addresses.address_kind
    left join messages on customers.customer_id = messages.customer_id and channels.channel = messages.channel
)

select
    *,
    blocked_reason is null as is_allowed,
    messages_this_week_count >= weekly_cap as is_over_cap
from judged
