with dates as (
    select
        as_of_date,
        row_number() over (order by as_of_date desc nulls last) as newest_first
    from {{ ref('int_as_of_dates') }}
    where previous_as_of_date is not null
),

moves as (
    select transitions.*
    from {{ ref('segment_transitions') }} as transitions
    inner join dates on transitions.to_as_of_date = dates.as_of_date
    where dates.newest_first <= 3 and transitions.from_segment_code <> '_entered'
)

select
    scheme_code,
    from_segment_code as segment_code,
    cast(sum(customers_count) as bigint) as earlier_customers_count,
    cast(sum(case when to_segment_code = from_segment_code then customers_count else 0 end) as bigint) as kept_customers_count
from moves
group by scheme_code, from_segment_code
