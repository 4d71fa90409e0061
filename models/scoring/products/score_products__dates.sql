{%- set horizon_days = 30 %}

with dates as (
    select
        as_of_date,
        row_number() over (order by as_of_date desc) as place
    from {{ ref('int_as_of_dates') }}
),

offered as (
    select as_of_date from dates
    where place <= 1 + {{ var('next_product_months') }}
)

select
    offered.as_of_date,
    max(earlier.as_of_date) as evaluated_on
from offered
left join dates as earlier on {{ days_after('earlier.as_of_date', horizon_days) }} <= offered.as_of_date
group by offered.as_of_date
