with chats as (
    select * from {{ ref('stg_wecom_group_chats') }}
),

joins as (
    select
        chat_id,
        min(joined_date) as first_joined_date
    from {{ ref('stg_wecom_group_members') }}
    where {{ is_until_newest('joined_date') }}
    group by chat_id
),

{#- A group that only its members tell of is one, too, and none is younger than its first member. #}

everything as (
    select
        coalesce(chats.chat_id, joins.chat_id) as chat_id,
        chats.name,
        chats.owner,
        coalesce(chats.group_kind, 'unknown') as group_kind,
        least(coalesce(chats.created_date, joins.first_joined_date), coalesce(joins.first_joined_date, chats.created_date)) as created_date,
        chats.dismissed_at,
        {{ business_date('chats.dismissed_at') }} as dismissed_date
    from chats
    full outer join joins on chats.chat_id = joins.chat_id
)

select
    chat_id,
    name as chat_name,
    owner as owner_userid,
    group_kind,
    created_date,
    case when dismissed_date >= created_date and {{ is_until_newest('dismissed_date') }} then dismissed_at end as dismissed_at,
    case when dismissed_date >= created_date and {{ is_until_newest('dismissed_date') }} then dismissed_date end as dismissed_date
from everything
where {{ is_until_newest('created_date') }}
