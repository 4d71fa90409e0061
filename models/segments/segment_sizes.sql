with segments as (
    select * from {{ ref('customer_segments') }}
),

customers as (
    select
        customer_id,
        as_of_date,
        orders_count,
        orders_count_30d,
        net_amount,
        net_amount_30d,
        net_amount_365d
    from {{ ref('customer_tags') }}
),

populations as (
    select
        as_of_date,
        count(*) as population
    from customers
    group by as_of_date
),

definitions as (
    select
        scheme_code,
        segment_code
    from {{ ref('segment_definitions') }}
),

{#- A class that is empty at a date has a row too: nobody has to guess whether it is zero or missing. #}

measured as (
    select
        segments.as_of_date,
        segments.scheme_code,
        segments.segment_code,
        count(*) as customers_count,
        sum(customers.orders_count) as orders_count,
        sum(customers.orders_count_30d) as orders_count_30d,
        sum(customers.net_amount) as net_amount,
        sum(customers.net_amount_30d) as net_amount_30d,
        sum(customers.net_amount_365d) as net_amount_365d
    from segments
    inner join customers on segments.customer_id = customers.customer_id and segments.as_of_date = customers.as_of_date
    group by segments.as_of_date, segments.scheme_code, segments.segment_code
)

select
    populations.as_of_date,
    definitions.scheme_code,
    definitions.segment_code,
    coalesce(measured.customers_count, 0) as customers_count,
    cast(coalesce(measured.customers_count, 0) as double) / populations.population as share,
    cast(coalesce(measured.orders_count_30d, 0) as bigint) as orders_count_30d,
    cast(coalesce(measured.net_amount_30d, 0) as decimal(18, 4)) as net_amount_30d,
    cast(coalesce(measured.net_amount_365d, 0) as decimal(18, 4)) as net_amount_365d,
    cast(measured.net_amount as double) / nullif(measured.orders_count, 0) as average_order_amount,
    cast(measured.net_amount_365d as double) / measured.customers_count as arpu
from populations
cross join definitions
left join measured
    on
        populations.as_of_date = measured.as_of_date
        and definitions.scheme_code = measured.scheme_code
        and definitions.segment_code = measured.segment_code
