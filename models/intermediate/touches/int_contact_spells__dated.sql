with spells as (
    select
        *,
        {{ is_until_newest('ended_date') }} as has_ended
    from {{ ref('int_contacts__closed') }}
    where {{ is_until_newest('added_date') }}
),

ways as (
    select
        config_id,
        state,
        channel_name,
        coalesce(created_date, cast('{{ var("earliest_date") }}' as date)) as created_date
    from {{ ref('stg_wecom_contact_ways') }}
    where state is not null and channel_name is not null
),

{#- A code made or renamed later does not rename where earlier contacts came from. #}

named as (
    select
        spells.userid,
        spells.external_userid,
        spells.createtime,
        min_by(ways.channel_name, {{ in_order(['ways.created_date', 'ways.config_id']) }}) as channel_name
    from spells
    inner join ways on spells.state = ways.state and spells.added_date >= ways.created_date
    group by spells.userid, spells.external_userid, spells.createtime
)

select
    spells.userid,
    spells.external_userid,
    spells.createtime as begun_at,
    coalesce(by_userid.customer_id, by_unionid.customer_id) as customer_id,
    spells.added_date as begun_date,
    coalesce(named.channel_name, spells.state, 'none') as channel,
    case when spells.has_ended then spells.ended_at end as ended_at,
    case when spells.has_ended then spells.ended_date end as ended_date,
    case when spells.has_ended then coalesce(spells.loss_type, 'renewed') end as end_kind
from spells
left join named
    on
        spells.userid = named.userid
        and spells.external_userid = named.external_userid
        and spells.createtime = named.createtime
left join {{ ref('int_identity__resolved') }} as by_userid
    on spells.external_userid = by_userid.identifier and by_userid.identifier_type = 'external_userid'
left join {{ ref('int_identity__resolved') }} as by_unionid
    on spells.unionid = by_unionid.identifier and by_unionid.identifier_type = 'unionid'
