with buckets as (
    select * from {{ ref('concentration_buckets') }}
),

classes as (
    select
        as_of_date,
        scheme_code,
        segment_code,
        sum(customers_count) as customers_count,
        cast(sum(amount) as double) as amount
    from buckets
    group by as_of_date, scheme_code, segment_code
),

percents as (
    {% for customers_percent in range(101) -%}
        select {{ customers_percent }} as customers_percent{{ ' union all' if not loop.last }}
    {% endfor %}
),

summed as (
    select
        classes.as_of_date,
        classes.scheme_code,
        classes.segment_code,
        percents.customers_percent,
        classes.customers_count,
        classes.amount,
        sum(coalesce(buckets.customers_count, 0)) over up_to_here as customers_so_far,
        cast(sum(coalesce(buckets.amount, 0)) over up_to_here as double) as amount_so_far,
        cast(coalesce(min(buckets.smallest_amount) over behind, 0) as double) as next_amount
    from classes
    cross join percents
    left join buckets
        on
            classes.as_of_date = buckets.as_of_date
            and classes.scheme_code = buckets.scheme_code
            and classes.segment_code = buckets.segment_code
            and percents.customers_percent = buckets.customers_percent
    window
        up_to_here as (
            partition by classes.as_of_date, classes.scheme_code, classes.segment_code order by percents.customers_percent nulls last
            rows between unbounded preceding and current row
        ),
        behind as (
            partition by classes.as_of_date, classes.scheme_code, classes.segment_code order by percents.customers_percent nulls last
            rows between 1 following and unbounded following
        )
)

{#- So many percent of the customers are seldom a whole number of them: of the next customer the part that is missing counts. #}

select
    as_of_date,
    scheme_code,
    segment_code,
    customers_percent,
    cast(customers_percent as double) / 100 as customers_share,
    case
        when customers_percent = 100 then 1
        else (amount_so_far + (cast(customers_percent * customers_count as double) / 100 - customers_so_far) * next_amount) / amount
    end as amount_share
from summed
