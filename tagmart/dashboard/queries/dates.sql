select
    as_of_date,
    count(*) as customers_count
from tags.customer_tags
group by as_of_date
order by as_of_date desc
limit $dates
