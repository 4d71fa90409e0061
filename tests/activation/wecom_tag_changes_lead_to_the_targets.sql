{#-
  Contacts whose tags of ours, after the changes, are not those they should bear; and changes that change nothing. Of the groups and
  names that the plan knows, corporate tags only: others are not ours.
-#}
with ours as (
    select distinct
        group_name,
        tag_name
    from {{ ref('wecom_tag_plan') }}
    where group_order is not null
),

held as (
    select distinct
        tags.userid,
        tags.external_userid,
        tags.group_name,
        tags.tag_name
    from {{ ref('int_wecom_tags__held') }} as tags
    inner join ours on tags.group_name = ours.group_name and tags.tag_name = ours.tag_name
    inner join {{ ref('int_relations__held') }} as relations
        on tags.userid = relations.userid and tags.external_userid = relations.external_userid
    where tags.is_corporate
),

steps as (
    select
        userid,
        external_userid,
        group_name,
        tag_name,
        1 as is_held,
        0 as step,
        0 as is_wanted
    from held
    union all
    select
        userid,
        external_userid,
        group_name,
        tag_name,
        0 as is_held,
        case change_kind when 'add_tag' then 1 else -1 end as step,
        0 as is_wanted
    from {{ ref('wecom_tag_changes') }}
    union all
    select
        userid,
        external_userid,
        group_name,
        tag_name,
        0 as is_held,
        0 as step,
        1 as is_wanted
    from {{ ref('wecom_tag_targets') }}
)

select
    userid,
    external_userid,
    group_name,
    tag_name
from steps
group by userid, external_userid, group_name, tag_name
having sum(is_held) + sum(step) <> sum(is_wanted)
