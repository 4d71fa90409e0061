with memberships as (
    select * from {{ ref('group_memberships') }}
),

chats as (
    select * from {{ ref('int_group_chats__dated') }}
),

flows as (
    select
        chat_id,
        group_kind,
        chat_id || ' ' || member_id || ' ' || cast(joined_at as {{ dbt.type_string() }}) as source_id,
        joined_date as flow_date,
        'joined_' || join_scene as flow_kind
    from memberships
    union all
    select
        chat_id,
        group_kind,
        chat_id || ' ' || member_id || ' ' || cast(joined_at as {{ dbt.type_string() }}) as source_id,
        ended_date as flow_date,
        'left_' || end_kind as flow_kind
    from memberships
    where ended_date is not null
    union all
    select
        chat_id,
        group_kind,
        chat_id as source_id,
        created_date as flow_date,
        'group_created' as flow_kind
    from chats
    union all
    select
        chat_id,
        group_kind,
        chat_id as source_id,
        dismissed_date as flow_date,
        'group_dismissed' as flow_kind
    from chats
    where dismissed_date is not null
)

select
    'chat' as group_level,
    group_kind,
    chat_id,
    source_id,
    flow_date,
    flow_kind
from flows
union all
select
    'kind' as group_level,
    group_kind,
    'all' as chat_id,
    source_id,
    flow_date,
    flow_kind
from flows
union all
select
    'all' as group_level,
    'all' as group_kind,
    'all' as chat_id,
    source_id,
    flow_date,
    flow_kind
from flows
