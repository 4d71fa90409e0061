with tags as (
    select * from {{ ref('stg_wecom_contact_tags') }}
    where tagged_date is null or {{ is_until_newest('tagged_date') }}
)

select
    userid,
    external_userid,
    tag_id,
    group_name,
    tag_name,
    coalesce(type, 2) = 1 as is_corporate
from tags
where group_name is not null and tag_name is not null
