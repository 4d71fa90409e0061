with relations as (
    select * from {{ ref('int_relations__held') }}
),

{#- Messages go out by tag: whoever must not be written to bears none, so that none can reach them by mistake. #}

permissions as (
    select
        customer_id,
        as_of_date,
        blocked_reason is null as is_allowed
    from {{ ref('contact_permissions') }}
    where channel = 'wecom_chat'
)

select
    relations.customer_id,
    permissions.as_of_date,
    relations.userid,
    relations.external_userid,
    permissions.is_allowed as may_bear_tags
from relations
inner join permissions on relations.customer_id = permissions.customer_id
