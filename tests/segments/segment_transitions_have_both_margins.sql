{#- The flows into or out of a class do not add up to its size at either date: nobody can say why it grew. -#}
with dates as (
    select
        as_of_date,
        previous_as_of_date
    from {{ ref('int_as_of_dates') }}
    where previous_as_of_date is not null
),

sizes as (
    select * from {{ ref('segment_sizes') }}
),

transitions as (
    select * from {{ ref('segment_transitions') }}
),

differences as (
    select
        sizes.as_of_date as to_as_of_date,
        'to' as margin,
        sizes.scheme_code,
        sizes.segment_code,
        sizes.customers_count
    from sizes
    inner join dates on sizes.as_of_date = dates.as_of_date
    union all
    select
        dates.as_of_date as to_as_of_date,
        'from' as margin,
        sizes.scheme_code,
        sizes.segment_code,
        sizes.customers_count
    from sizes
    inner join dates on sizes.as_of_date = dates.previous_as_of_date
    union all
    select
        to_as_of_date,
        'to' as margin,
        scheme_code,
        to_segment_code as segment_code,
        -customers_count as customers_count
    from transitions
    where to_segment_code <> '_left'
    union all
    select
        to_as_of_date,
        'from' as margin,
        scheme_code,
        from_segment_code as segment_code,
        -customers_count as customers_count
    from transitions
    where from_segment_code <> '_entered'
)

select
    to_as_of_date,
    margin,
    scheme_code,
    segment_code,
    sum(customers_count) as missing_customers
from differences
group by to_as_of_date, margin, scheme_code, segment_code
having sum(customers_count) <> 0
