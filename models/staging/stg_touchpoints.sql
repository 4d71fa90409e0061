with checked as (
    select * from {{ ref('stg_touchpoints__checked') }}
)

select
    event_id,
    occurred_at,
    event_date as occurred_date,
    event_type,
    touchpoint,
    customer_id,
    unionid,
    openid,
    external_userid,
    device_id,
    phone_hash,
    campaign_id,
    state,
    sku_id,
    category,
    scene,
    content_id,
    duration_seconds,
    chat_id,
    rating,
    staff_userid,
    raw_hash
from checked
where verdict is null
