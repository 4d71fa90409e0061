with chats as (
    select * from {{ ref('int_group_chats__dated') }}
),

members as (
    select
        *,
        coalesce(type = 2, false) as is_external
    from {{ ref('stg_wecom_group_members') }}
),

joins as (
    select
        *,
        lead(join_time) over (partition by chat_id, userid, is_external order by join_time nulls last) as joined_again_at
    from members
),

{#-
  A quit from before its own join, or from after the next one, ended another membership. What is still open when the member joins
  again goes on, and who is in a group that is dismissed, or joins it afterwards, is out of it with it.
#}

judged as (
    select
        joins.*,
        case
            when joins.quit_time >= joins.join_time and (joins.joined_again_at is null or joins.quit_time <= joins.joined_again_at)
                then joins.quit_time
        end as quit_at,
        case when chats.dismissed_at is not null then greatest(chats.dismissed_at, joins.join_time) end as dismissed_at
    from joins
    inner join chats on joins.chat_id = chats.chat_id
    where {{ is_until_newest('joins.joined_date') }}
),

ended as (
    select
        *,
        case
            when quit_at is not null and (dismissed_at is null or quit_at <= dismissed_at) then 'quit'
            when quit_at is null and joined_again_at is not null and (dismissed_at is null or joined_again_at <= dismissed_at) then 'rejoined'
            when dismissed_at is not null then 'dismissed'
        end as end_kind
    from judged
),

dated as (
    select
        *,
        {{ business_date("case end_kind when 'quit' then quit_at when 'rejoined' then joined_again_at when 'dismissed' then dismissed_at end") }}
            as ended_date
    from ended
)

select
    dated.chat_id,
    dated.userid as member_id,
    dated.join_time as joined_at,
    coalesce(by_userid.customer_id, by_unionid.customer_id) as customer_id,
    dated.is_external,
    dated.joined_date,
    case dated.join_scene when 1 then 'invited' when 2 then 'link' when 3 then 'qr_code' else 'unknown' end as join_scene,
    dated.invitor_userid as inviter_userid,
    inviters.customer_id as inviter_customer_id,
    case when {{ is_until_newest('dated.ended_date') }} then dated.ended_date end as ended_date,
    case
        when not {{ is_until_newest('dated.ended_date') }} then cast(null as {{ dbt.type_string() }})
        when dated.end_kind <> 'quit' then dated.end_kind
        when dated.quit_scene = 0 then 'by_member'
        when dated.quit_scene = 1 then 'removed'
        else 'unknown'
    end as end_kind
from dated
left join {{ ref('int_identity__resolved') }} as by_userid
    on dated.userid = by_userid.identifier and by_userid.identifier_type = 'external_userid'
left join {{ ref('int_identity__resolved') }} as by_unionid
    on dated.unionid = by_unionid.identifier and by_unionid.identifier_type = 'unionid'
left join {{ ref('int_identity__resolved') }} as inviters
    on dated.invitor_userid = inviters.identifier and inviters.identifier_type = 'external_userid'
