with checked as (
    select * from {{ ref('stg_staff__checked') }}
)

select
    userid,
    persona,
    joined_at,
    event_date as joined_date,
    left_at
from checked
where verdict is null
