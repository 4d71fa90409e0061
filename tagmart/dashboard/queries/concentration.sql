select
    as_of_date,
    scheme_code,
    segment_code,
    customers_count as customers,
    net_amount_365d,
    gini,
    top_20_amount_share,
    head_customers_count,
    head_customers_share
from measurement.segment_concentration
where as_of_date = $as_of_date
order by all
