with checked as (
    select * from {{ ref('stg_customers__checked') }}
)

select
    customer_id,
    registered_at,
    event_date as registered_date,
    gender,
    birth_date,
    province,
    city,
    occupation,
    marital_status,
    member_level,
    phone_hash,
    unionid,
    openid,
    source_channel,
    referrer_customer_id,
    followers_count
from checked
where verdict is null
