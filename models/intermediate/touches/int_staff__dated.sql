with staff as (
    select
        *,
        {{ business_date('left_at') }} as left_date
    from {{ ref('stg_staff') }}
)

select
    userid,
    coalesce(persona, 'unknown') as persona,
    joined_date,
    case when {{ is_until_newest('left_date') }} then left_date end as left_date
from staff
