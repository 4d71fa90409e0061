with contacts as (
    select * from {{ ref('int_contacts__closed') }}
),

members as (
    select
        *,
        {{ business_date('quit_time') }} as quit_date
    from {{ ref('stg_wecom_group_members') }}
    where type = 2
),

group_people as (
    select
        members.*,
        coalesce(by_userid.customer_id, by_unionid.customer_id) as customer_id
    from members
    left join {{ ref('int_identity__resolved') }} as by_userid
        on members.userid = by_userid.identifier and by_userid.identifier_type = 'external_userid'
    left join {{ ref('int_identity__resolved') }} as by_unionid
        on members.unionid = by_unionid.identifier and by_unionid.identifier_type = 'unionid'
),

contact_people as (
    select
        contacts.*,
        coalesce(by_userid.customer_id, by_unionid.customer_id) as customer_id
    from contacts
    left join {{ ref('int_identity__resolved') }} as by_userid
        on contacts.external_userid = by_userid.identifier and by_userid.identifier_type = 'external_userid'
    left join {{ ref('int_identity__resolved') }} as by_unionid
        on contacts.unionid = by_unionid.identifier and by_unionid.identifier_type = 'unionid'
),

events as (
    select
        customer_id,
        'added' as event_kind,
        userid as place_id,
        external_userid as member_id,
        createtime as begun_at,
        createtime as event_at,
        added_date as event_date,
        state,
        cast(null as {{ dbt.type_string() }}) as loss_type
    from contact_people
    union all
    select
        customer_id,
        case when is_lost then 'lost' else 'renewed' end as event_kind,
        userid as place_id,
        external_userid as member_id,
        createtime as begun_at,
        ended_at as event_at,
        ended_date as event_date,
        state,
        loss_type
    from contact_people
    union all
    select
        customer_id,
        'joined' as event_kind,
        chat_id as place_id,
        userid as member_id,
        join_time as begun_at,
        join_time as event_at,
        joined_date as event_date,
        null as state,
        null as loss_type
    from group_people
    union all
    select
        customer_id,
        'quit' as event_kind,
        chat_id as place_id,
        userid as member_id,
        join_time as begun_at,
        quit_time as event_at,
        quit_date as event_date,
        null as state,
        null as loss_type
    from group_people
    where quit_time >= join_time
)

select *
from events
where customer_id is not null and {{ is_until_newest('event_date') }}
