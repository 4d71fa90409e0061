with checked as (
    select * from {{ ref('stg_manual_tags__checked') }}
)

select
    customer_id,
    tag_group,
    tag_name,
    tag_value,
    tagged_by,
    tagged_at,
    event_date as tagged_date
from checked
where verdict is null
