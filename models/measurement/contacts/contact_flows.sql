with relations as (
    select * from {{ ref('contact_relations') }}
),

flows as (
    select
        channel,
        customer_id,
        userid,
        external_userid,
        begun_at,
        begun_date as flow_date,
        begin_kind || '_in' as flow_kind
    from relations
    union all
    select
        channel,
        customer_id,
        userid,
        external_userid,
        begun_at,
        ended_date as flow_date,
        end_kind || '_out' as flow_kind
    from relations
    where ended_date is not null
)

select
    'channel' as channel_level,
    channel,
    customer_id,
    userid,
    external_userid,
    begun_at,
    flow_date,
    flow_kind
from flows
union all
select
    'all' as channel_level,
    'all' as channel,
    customer_id,
    userid,
    external_userid,
    begun_at,
    flow_date,
    flow_kind
from flows
