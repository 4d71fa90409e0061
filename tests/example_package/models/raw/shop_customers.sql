select
    member_no as customer_id,
    cast(joined_on as timestamp) as registered_at,
    case sex when 'f' then 'female' when 'm' then 'male' else 'unknown' end as gender,
    town as city
from {{ ref('club_members') }}
