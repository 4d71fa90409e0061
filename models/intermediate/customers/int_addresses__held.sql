with identifiers as (
    select
        customer_id,
        identifier_type as address_kind
    from {{ ref('int_identity__resolved') }}
    where identifier_type in ('phone_hash', 'openid', 'device_id')
),

relations as (
    select
        customer_id,
        'external_userid' as address_kind
    from {{ ref('int_relations__held') }}
),

memberships as (
    select
        customer_id,
        place_id,
        member_id,
        begun_at
    from {{ ref('int_contacts__dated') }}
    where event_kind in ('joined', 'quit')
    group by customer_id, place_id, member_id, begun_at
    having count(case when event_kind = 'quit' then 1 end) = 0
),

groups_open as (
    select
        memberships.customer_id,
        'chat_id' as address_kind
    from memberships
    left join {{ ref('stg_wecom_group_chats') }} as group_chats on memberships.place_id = group_chats.chat_id
    where group_chats.dismissed_at is null or not {{ is_until_newest(business_date('group_chats.dismissed_at')) }}
)

select
    customer_id,
    address_kind
from identifiers
union
select
    customer_id,
    address_kind
from relations
union
select
    customer_id,
    address_kind
from groups_open
