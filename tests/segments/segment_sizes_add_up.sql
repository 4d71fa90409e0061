{#- The classes of a scheme do not hold everybody known at a date, with all their money: budgets by class miss or double people. -#}
with expected as (
    select
        as_of_date,
        count(*) as customers_count,
        sum(orders_count_30d) as orders_count_30d,
        sum(net_amount_30d) as net_amount_30d,
        sum(net_amount_365d) as net_amount_365d
    from {{ ref('customer_tags') }}
    group by as_of_date
),

actual as (
    select
        as_of_date,
        scheme_code,
        sum(customers_count) as customers_count,
        sum(orders_count_30d) as orders_count_30d,
        sum(net_amount_30d) as net_amount_30d,
        sum(net_amount_365d) as net_amount_365d
    from {{ ref('segment_sizes') }}
    group by as_of_date, scheme_code
)

select
    expected.as_of_date,
    actual.scheme_code,
    expected.customers_count as expected_count,
    actual.customers_count as actual_count
from expected
left join actual on expected.as_of_date = actual.as_of_date
where
    expected.customers_count is distinct from actual.customers_count
    or expected.orders_count_30d is distinct from actual.orders_count_30d
    or expected.net_amount_30d is distinct from actual.net_amount_30d
    or expected.net_amount_365d is distinct from actual.net_amount_365d
