with checked as (
    select * from {{ ref('stg_wecom_contacts__checked') }}
)

select
    userid,
    external_userid,
    unionid,
    type,
    gender,
    remark,
    createtime,
    event_date as added_date,
    add_way,
    state,
    deleted_at,
    delete_type
from checked
where verdict is null
