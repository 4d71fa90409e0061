with classes as (
    select
        as_of_date,
        scheme_code,
        segment_code,
        sum(customers_count) as customers_count,
        sum(amount) as net_amount_365d,
        sum(amount_by_place) as amount_by_place,
        sum(head_customers_count) as head_customers_count
    from {{ ref('concentration_buckets') }}
    group by as_of_date, scheme_code, segment_code
),

lower_four_fifths as (
    select
        as_of_date,
        scheme_code,
        segment_code,
        amount_share
    from {{ ref('segment_lorenz') }}
    where customers_percent = 80
)

select
    classes.as_of_date,
    classes.scheme_code,
    classes.segment_code,
    cast(classes.customers_count as bigint) as customers_count,
    cast(classes.net_amount_365d as decimal(18, 4)) as net_amount_365d,
    2 * {{ share('classes.amount_by_place', 'classes.customers_count * classes.net_amount_365d') }}
    - {{ share('classes.customers_count + 1', 'classes.customers_count') }} as gini,
    1 - lower_four_fifths.amount_share as top_20_amount_share,
    cast(classes.head_customers_count as bigint) as head_customers_count,
    {{ share('classes.head_customers_count', 'classes.customers_count') }} as head_customers_share
from classes
inner join lower_four_fifths
    on
        classes.as_of_date = lower_four_fifths.as_of_date
        and classes.scheme_code = lower_four_fifths.scheme_code
        and classes.segment_code = lower_four_fifths.segment_code
