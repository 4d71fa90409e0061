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

followed as (
    select
        *,
        lag(order_id) over by_time is not null as has_previous,
        lead(order_id) over by_time as next_order_id,
        lead(ordered_date) over by_time as next_ordered_date
    from baskets
    where customer_id is not null
    window by_time as (partition by customer_id order by ordered_at nulls last, order_id nulls last)
)

select
    order_id,
    has_previous,
    next_order_id,
    {{ dbt.datediff('ordered_date', 'next_ordered_date', 'day') }} as days_to_next
from followed
union all
select
    order_id,
    false as has_previous,
    cast(null as {{ dbt.type_string() }}) as next_order_id,
    cast(null as bigint) as days_to_next
from baskets
where customer_id is null
