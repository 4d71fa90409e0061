with customers as (
    select
        customer_id,
        as_of_date,
        net_amount_365d as amount
    from {{ ref('customer_tags') }}
    where net_amount_365d > 0
),

{#- Classes as whole numbers: so many rows are put in order by them in half of the time. #}

definitions as (
    select
        scheme_code,
        segment_code,
        cast(row_number() over (order by scheme_code nulls last, segment_code nulls last) as integer) as class_number
    from {{ ref('segment_definitions') }}
),

classed as (
    select
        customers.as_of_date,
        customers.amount,
        definitions.class_number
    from customers
    inner join {{ ref('customer_segments') }} as segments on customers.customer_id = segments.customer_id and customers.as_of_date = segments.as_of_date
    inner join definitions on segments.scheme_code = definitions.scheme_code and segments.segment_code = definitions.segment_code
    union all
    select
        as_of_date,
        amount,
        0 as class_number
    from customers
),

{#- Customers of equal amounts may change places here: no sum below sees which of them it was. #}

ranked as (
    select
        *,
        row_number() over by_amount as place,
        count(*) over (partition by as_of_date, class_number) as customers_count,
        sum(amount) over (by_amount rows between unbounded preceding and current row) as amount_so_far,
        sum(amount) over (partition by as_of_date, class_number) as class_amount
    from classed
    window by_amount as (partition by as_of_date, class_number order by amount nulls last)
),

bucketed as (
    select
        as_of_date,
        class_number,
        cast(ceil(cast(place * 100 as double) / customers_count) as integer) as customers_percent,
        count(*) as customers_count,
        cast(sum(amount) as decimal(18, 4)) as amount,
        cast(min(amount) as decimal(18, 4)) as smallest_amount,
        cast(sum(amount * place) as double) as amount_by_place,
        count(case when class_amount - amount_so_far < {{ var('pareto_share') }} * class_amount then 1 end) as head_customers_count
    from ranked
    group by as_of_date, class_number, cast(ceil(cast(place * 100 as double) / customers_count) as integer)
)

select
    bucketed.as_of_date,
    coalesce(definitions.scheme_code, '_brand') as scheme_code,
    coalesce(definitions.segment_code, '_all') as segment_code,
    bucketed.customers_percent,
    bucketed.customers_count,
    bucketed.amount,
    bucketed.smallest_amount,
    bucketed.amount_by_place,
    bucketed.head_customers_count
from bucketed
left join definitions on bucketed.class_number = definitions.class_number
