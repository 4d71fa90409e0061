select
    scheme_code,
    from_as_of_date,
    to_as_of_date,
    from_segment_code,
    to_segment_code,
    customers_count as customers
from segments.segment_transitions
where to_as_of_date >= $since and from_as_of_date >= $since
order by all
