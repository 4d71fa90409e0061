{{ config(pre_hook="{{ first_part('as_of_date', 'customer_tags') }}", post_hook="{{ other_parts('as_of_date', 'customer_tags') }}") }}

with customers as (
    select
        customer_id,
        as_of_date,
        net_amount_365d as amount
    from {{ ref('customer_tags') }}
    where net_amount_365d > 0 and {{ is_in_part('as_of_date') }}
),

{#- Classes as whole numbers: so many rows are put in order by them in half of the time. #}

definitions as (
    select * from {{ ref('class_numbers') }}
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
        row_number() over (partition by as_of_date, class_number order by amount nulls last) as place,
        count(*) over (partition by as_of_date, class_number) as class_count,
        sum(amount) over (partition by as_of_date, class_number) * (1 - {{ var('pareto_share') }}) as tail_amount
    from classed
),

placed as (
    select
        *,
        cast(ceil(cast(place * 100 as double) / class_count) as integer) as customers_percent
    from ranked
),

bucketed as (
    select
        as_of_date,
        class_number,
        customers_percent,
        tail_amount,
        count(*) as customers_count,
        cast(sum(amount) as decimal(18, 4)) as amount,
        cast(min(amount) as decimal(18, 4)) as smallest_amount,
        cast(sum(amount * place) as decimal(38, 4)) as amount_by_place
    from placed
    group by as_of_date, class_number, customers_percent, tail_amount
),

summed as (
    select
        *,
        sum(amount) over so_far as amount_so_far
    from bucketed
    window so_far as (partition by as_of_date, class_number order by customers_percent nulls last rows between unbounded preceding and current row)
),

{#- The head begins within one hundredth, whose customers are added up one by one. #}

split as (
    select
        placed.as_of_date,
        placed.class_number,
        placed.tail_amount,
        summed.amount_so_far - summed.amount + sum(placed.amount) over (
            partition by placed.as_of_date, placed.class_number order by placed.place nulls last
            rows between unbounded preceding and current row
        ) as amount_so_far
    from placed
    inner join summed
        on placed.as_of_date = summed.as_of_date and placed.class_number = summed.class_number and placed.customers_percent = summed.customers_percent
    where summed.amount_so_far > summed.tail_amount and summed.amount_so_far - summed.amount <= summed.tail_amount
),

split_heads as (
    select
        as_of_date,
        class_number,
        count(case when amount_so_far > tail_amount then 1 end) as customers_count
    from split
    group by as_of_date, class_number
)

select
    summed.as_of_date,
    coalesce(definitions.scheme_code, '_brand') as scheme_code,
    coalesce(definitions.segment_code, '_all') as segment_code,
    summed.customers_percent,
    summed.customers_count,
    summed.amount,
    summed.smallest_amount,
    summed.amount_by_place,
    case
        when summed.amount_so_far <= summed.tail_amount then 0
        when summed.amount_so_far - summed.amount > summed.tail_amount then summed.customers_count
        else split_heads.customers_count
    end as head_customers_count
from summed
left join split_heads on summed.as_of_date = split_heads.as_of_date and summed.class_number = split_heads.class_number
left join definitions on summed.class_number = definitions.class_number
