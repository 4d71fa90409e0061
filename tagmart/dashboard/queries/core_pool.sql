select
    as_of_date,
    days_count,
    customers_count,
    target_customers_count,
    growth_share,
    is_on_target
from measurement.core_pool_growth
where base_date = (select min(base_date) from measurement.core_pool_growth where as_of_date = $as_of_date)
order by as_of_date
