{{ config(materialized='view') }}

with baskets as (
    select
        order_id,
        customer_id,
        ordered_at,
        ordered_date
    from {{ ref('order_products') }}
    where is_purchase and lines_count > 0
    group by order_id, customer_id, ordered_at, ordered_date
),

ordered as (
    select
        *,
        lead(order_id) over by_time as next_order_id,
        lead(ordered_date) over by_time as next_ordered_date
    from baskets
    where customer_id is not null
    window by_time as (partition by customer_id order by ordered_at nulls last, order_id nulls last)
)

select
    'together' as kind,
    order_id,
    order_id as other_order_id,
    cast(null as bigint) as days_between
from baskets
union all
select
    'in_sequence' as kind,
    order_id,
    next_order_id as other_order_id,
    {{ dbt.datediff('ordered_date', 'next_ordered_date', 'day') }} as days_between
from ordered
where next_order_id is not null
