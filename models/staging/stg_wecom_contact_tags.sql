with checked as (
    select * from {{ ref('stg_wecom_contact_tags__checked') }}
)

select
    userid,
    external_userid,
    tag_id,
    group_name,
    tag_name,
    type,
    tagged_at,
    event_date as tagged_date
from checked
where verdict is null
