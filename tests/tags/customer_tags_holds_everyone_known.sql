{#- Someone known at a date has no tags at it, or someone not yet known has: the lists miss or invent people. -#}
with expected as (
    select
        dates.as_of_date,
        count(*) as customers_count
    from {{ ref('int_customers__known') }} as known
    inner join {{ ref('int_as_of_dates') }} as dates on known.known_date <= dates.as_of_date
    group by dates.as_of_date
),

actual as (
    select
        tags.as_of_date,
        count(*) as customers_count,
        count(*) filter (where known.known_date <= tags.as_of_date) as known_count
    from {{ ref('customer_tags') }} as tags
    left join {{ ref('int_customers__known') }} as known on tags.customer_id = known.customer_id
    group by tags.as_of_date
)

select
    coalesce(expected.as_of_date, actual.as_of_date) as as_of_date,
    expected.customers_count as expected_count,
    actual.customers_count as actual_count,
    actual.known_count
from expected
full outer join actual on expected.as_of_date = actual.as_of_date
where
    expected.customers_count is distinct from actual.customers_count
    or expected.customers_count is distinct from actual.known_count
