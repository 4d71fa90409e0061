with permissions as (
    select
        permissions.*,
        reasons.severity
    from {{ ref('contact_permissions') }} as permissions
    left join {{ ref('blocked_reasons') }} as reasons on permissions.blocked_reason = reasons.reason
),

{#- Of several members of staff the customer hears from the one they last talked to, else from the one who came last. #}

senders as (
    select
        customer_id,
        userid,
        row_number() over (
            partition by customer_id
            order by last_chat_at desc nulls last, added_date desc nulls last, userid asc nulls last
        ) as position
    from {{ ref('int_relations__held') }}
),

routes as (
    select
        customer_id,
        as_of_date,
        min_by(channel, preference) filter (where is_allowed and is_personal) as allowed_channel,
        min_by(channel, preference) filter (where is_allowed and is_personal and not is_over_cap) as channel,
        min_by(channel, preference) filter (where is_allowed and is_personal and not is_over_cap and not confirmed_by_staff) as channel_without_staff,
        min_by(blocked_reason, severity) filter (where blocked_reason is not null and is_personal) as worst_reason,
        max(case when channel = 'wecom_chat' and is_allowed then 1 else 0 end) = 1 as may_be_chatted_to
    from permissions
    group by customer_id, as_of_date
)

select
    routes.customer_id,
    routes.as_of_date,
    coalesce(routes.channel, routes.allowed_channel) as channel,
    case when channels.confirmed_by_staff then senders.userid end as sender_userid,
    routes.channel_without_staff,
    routes.channel is null and routes.allowed_channel is not null as is_over_cap,
    routes.channel is not null as is_usable,
    case when routes.allowed_channel is null then routes.worst_reason end as blocked_reason,
    case when routes.may_be_chatted_to then senders.userid end as userid
from routes
left join {{ ref('contact_channels') }} as channels on coalesce(routes.channel, routes.allowed_channel) = channels.channel
left join senders on routes.customer_id = senders.customer_id and senders.position = 1
