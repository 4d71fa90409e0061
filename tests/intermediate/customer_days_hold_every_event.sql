{#- Touches or orders were lost or doubled between the events and the days: activity, and each score on it, is wrong. -#}
with events as (
    select
        occurred_date as activity_date,
        count(*) as touch_count,
        0 as orders_placed_count
    from {{ ref('int_touchpoints__unified') }}
    where customer_id is not null
    group by occurred_date
    union all
    select
        ordered_date as activity_date,
        0 as touch_count,
        count(*) as orders_placed_count
    from {{ ref('int_orders__validated') }}
    where customer_id is not null
    group by ordered_date
),

differences as (
    select
        activity_date,
        touch_count,
        orders_placed_count
    from events
    union all
    select
        activity_date,
        -touch_count as touch_count,
        -orders_placed_count as orders_placed_count
    from {{ ref('int_customer_days') }}
)

select
    activity_date,
    sum(touch_count) as missing_touches,
    sum(orders_placed_count) as missing_orders
from differences
group by activity_date
having sum(touch_count) <> 0 or sum(orders_placed_count) <> 0
