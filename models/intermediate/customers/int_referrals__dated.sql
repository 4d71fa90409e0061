with people as (
    select * from {{ ref('int_identity__resolved') }}
    where identifier_type = 'customer_id'
),

registrations as (
    select
        *,
        coalesce(registered_date, cast('{{ var("earliest_date") }}' as date)) as referred_date
    from {{ ref('stg_customers') }}
    where referrer_customer_id is not null
),

joins as (
    select * from {{ ref('int_group_members__dated') }}
    where is_external and join_scene = 'invited' and inviter_userid is not null and customer_id is not null
)

select
    'registration' as referral_source,
    registrations.customer_id as source_id,
    registrations.referred_date,
    invited.customer_id,
    case when inviters.customer_id is null then 'unknown' else 'customer' end as inviter_kind,
    coalesce(inviters.customer_id, registrations.referrer_customer_id) as inviter_id
from registrations
inner join people as invited on registrations.customer_id = invited.identifier
left join people as inviters on registrations.referrer_customer_id = inviters.identifier
where {{ is_until_newest('registrations.referred_date') }}
union all
select
    'group' as referral_source,
    joins.chat_id || ' ' || joins.member_id || ' ' || cast(joins.joined_at as {{ dbt.type_string() }}) as source_id,
    joins.joined_date as referred_date,
    joins.customer_id,
    case when joins.inviter_customer_id is null then 'staff' else 'customer' end as inviter_kind,
    coalesce(joins.inviter_customer_id, joins.inviter_userid) as inviter_id
from joins
