with contacts as (
    select * from {{ ref('int_contacts__dated') }}
),

newest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

spells as (
    select
        customer_id,
        place_id as userid,
        member_id as external_userid,
        begun_at,
        max(case when event_kind = 'added' then event_date end) as added_date,
        count(case when event_kind in ('lost', 'renewed') then 1 end) as ends_count
    from contacts
    where event_kind in ('added', 'lost', 'renewed')
    group by customer_id, place_id, member_id, begun_at
),

{#- Who left the company can neither write to customers nor be given tags to set, whatever the last export says. #}

left_staff as (
    select staff.userid
    from {{ ref('stg_staff') }} as staff
    inner join newest on {{ business_date('staff.left_at') }} <= newest.as_of_date
),

chats as (
    select
        customer_id,
        staff_userid as userid,
        max(last_at) as last_chat_at
    from {{ ref('int_touchpoints__summed') }}
    where touchpoint = 'wecom_chat' and staff_userid is not null
    group by customer_id, staff_userid
)

select
    spells.customer_id,
    spells.userid,
    spells.external_userid,
    max(spells.added_date) as added_date,
    max(chats.last_chat_at) as last_chat_at
from spells
left join left_staff on spells.userid = left_staff.userid
left join chats on spells.customer_id = chats.customer_id and spells.userid = chats.userid
where spells.ends_count = 0 and left_staff.userid is null
group by spells.customer_id, spells.userid, spells.external_userid
