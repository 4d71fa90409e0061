with compared as (
    select
        sizes.scheme_code,
        sizes.segment_code,
        dates.previous_as_of_date as from_as_of_date,
        dates.as_of_date as to_as_of_date,
        said.customers_count as said_customers_count,
        earlier.customers_count as from_customers_count,
        sizes.customers_count as to_customers_count,
        coalesce(said.change_number <> in_force.change_number, false) as has_other_rule
    from {{ ref('int_as_of_dates') }} as dates
    inner join {{ ref('segment_sizes') }} as sizes on dates.as_of_date = sizes.as_of_date
    inner join {{ ref('segment_sizes') }} as earlier
        on dates.previous_as_of_date = earlier.as_of_date and sizes.scheme_code = earlier.scheme_code and sizes.segment_code = earlier.segment_code
    left join {{ ref('segment_definitions__in_force') }} as in_force
        on sizes.scheme_code = in_force.scheme_code and sizes.segment_code = in_force.segment_code
    left join {{ ref('segment_sizes__last_said') }} as said
        on sizes.scheme_code = said.scheme_code and sizes.segment_code = said.segment_code and dates.previous_as_of_date = said.as_of_date
)

select
    scheme_code,
    segment_code,
    from_as_of_date,
    to_as_of_date,
    said_customers_count,
    from_customers_count,
    to_customers_count,
    has_other_rule,
    case when has_other_rule then from_customers_count - said_customers_count else 0 end as change_by_rule,
    case when has_other_rule then 0 else coalesce(from_customers_count - said_customers_count, 0) end as change_by_data,
    to_customers_count - from_customers_count as change_by_customers
from compared
