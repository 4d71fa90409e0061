{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', access='public', pre_hook="{{ forget_stale_days() }}") }}

with days as (
    select
        event_date,
        day_fingerprint
    from {{ ref('int_event_days') }}
    {% if is_incremental() %}
        where event_date not in (select activity_date from {{ this }})
    {% endif %}
),

touches as (
    select * from {{ ref('int_touchpoints__unified') }}
    where customer_id is not null and occurred_date in (select event_date from days)
),

orders as (
    select * from {{ ref('int_orders__validated') }}
    where customer_id is not null and ordered_date in (select event_date from days)
),

touch_days as (
    select
        customer_id,
        occurred_date as activity_date,
        count(*) as touch_count,
        {% for measure, condition in touch_measures().items() -%}
            count(*) filter (where {{ condition }}) as {{ measure }},
        {% endfor -%}
        sum(duration_seconds) as dwell_seconds,
        0 as orders_placed_count
    from touches
    group by customer_id, occurred_date
),

order_days as (
    select
        customer_id,
        ordered_date as activity_date,
        0 as touch_count,
        {% for measure in touch_measures() -%}
            0 as {{ measure }},
        {% endfor -%}
        0 as dwell_seconds,
        count(*) as orders_placed_count
    from orders
    group by customer_id, ordered_date
),

all_days as (
    select * from touch_days
    union all
    select * from order_days
),

customer_days as (
    select
        customer_id,
        {% for measure in ['touch_count'] + touch_measures().keys() | list + ['dwell_seconds', 'orders_placed_count'] -%}
            cast(coalesce(sum({{ measure }}), 0) as bigint) as {{ measure }},
        {% endfor -%}
        activity_date
    from all_days
    group by customer_id, activity_date
)

select
    customer_days.*,
    customer_days.active_touch_count + customer_days.advocacy_touch_count + customer_days.orders_placed_count > 0 as is_active,
    days.day_fingerprint
from customer_days
inner join days on customer_days.activity_date = days.event_date
