with buyers as (
    select * from {{ ref('score_histories') }}
    where first_order_date is not null
)

select
    as_of_date,
    repeat_days_count,
    recency_days,
    age_days,
    count(*) as customers_count
from buyers
group by as_of_date, repeat_days_count, recency_days, age_days
