with said as (
    select
        *,
        row_number() over (partition by scheme_code, segment_code, as_of_date order by said_number desc nulls last) as place
    from {{ ref('segment_sizes__said') }}
)

select
    scheme_code,
    segment_code,
    as_of_date,
    customers_count,
    change_number
from said
where place = 1
