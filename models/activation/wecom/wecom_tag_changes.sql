with targets as (
    select * from {{ ref('wecom_tag_targets') }}
),

relations as (
    select * from {{ ref('wecom_relations') }}
),

places as (
    select
        group_name,
        tag_name,
        min(scheme_code) as scheme_code
    from {{ ref('wecom_tag_places') }}
    where group_order is not null
    group by group_name, tag_name
),

{#- Ours are the corporate tags of a group and a name that we plan. Personal ones, other groups and other names were set by hand. #}

held as (
    select
        tags.userid,
        tags.external_userid,
        tags.group_name,
        tags.tag_name,
        min(tags.tag_id) as tag_id,
        min(places.scheme_code) as scheme_code
    from {{ ref('int_wecom_tags__held') }} as tags
    inner join places on tags.group_name = places.group_name and tags.tag_name = places.tag_name
    where tags.is_corporate
    group by tags.userid, tags.external_userid, tags.group_name, tags.tag_name
),

tag_ids as (
    select
        group_name,
        tag_name,
        min(tag_id) as tag_id
    from {{ ref('int_wecom_tags__held') }}
    where is_corporate
    group by group_name, tag_name
),

changes as (
    select
        targets.customer_id,
        targets.as_of_date,
        targets.userid,
        targets.external_userid,
        'add_tag' as change_kind,
        targets.scheme_code,
        targets.group_name,
        targets.tag_name,
        tag_ids.tag_id
    from targets
    left join held
        on
            targets.userid = held.userid
            and targets.external_userid = held.external_userid
            and targets.group_name = held.group_name
            and targets.tag_name = held.tag_name
    left join tag_ids on targets.group_name = tag_ids.group_name and targets.tag_name = tag_ids.tag_name
    where held.tag_id is null
    union all
    select
        relations.customer_id,
        relations.as_of_date,
        relations.userid,
        relations.external_userid,
        'remove_tag' as change_kind,
        held.scheme_code,
        held.group_name,
        held.tag_name,
        held.tag_id
    from held
    inner join relations on held.userid = relations.userid and held.external_userid = relations.external_userid
    left join targets
        on
            held.userid = targets.userid
            and held.external_userid = targets.external_userid
            and held.group_name = targets.group_name
            and held.tag_name = targets.tag_name
    where targets.tag_name is null
)

select * from changes
