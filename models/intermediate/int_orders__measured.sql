{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_rows() }}") }}

{%- set windowed = {30: ['orders_count', 'net_amount'], 90: ['orders_count', 'net_amount'], 365: ['orders_count', 'net_amount']} %}
{%- set lifelong = ['orders_count', 'net_amount', 'order_amount', 'reduction_amount', 'payable_amount', 'refund_amount', 'items_count',
                    'coupon_orders_count', 'promotion_orders_count', 'new_product_orders_count'] %}

with {{ purchases_entered(windowed.keys()) }},

counted as (
    select
        *,
        case when is_coupon_order then 1 else 0 end as coupon_orders_count,
        case when is_promotion_order then 1 else 0 end as promotion_orders_count,
        case when is_new_product_order then 1 else 0 end as new_product_orders_count
    from purchases
),

deltas as (
    select
        customer_id,
        replay_date,
        enters as as_of_date,
        {{ entering_sums(windowed, lifelong) }}
        min(ordered_date) as first_order_date,
        max(ordered_date) as last_order_date
    from counted
    group by customer_id, replay_date, enters
    {% for window in windowed %}
        union all
        select
            customer_id,
            replay_date,
            leaves_{{ window }}d as as_of_date,
            {{ leaving_sums(windowed, lifelong, window) }}
            cast(null as date) as first_order_date,
            cast(null as date) as last_order_date
        from counted
        where leaves_{{ window }}d > enters
        group by customer_id, replay_date, leaves_{{ window }}d
    {% endfor %}
),

summed as (
    select
        customer_id,
        replay_date,
        as_of_date,
        {% for column in measured_columns(windowed, lifelong) %}sum({{ column }}) as {{ column }},
        {% endfor -%}
        min(first_order_date) as first_order_date,
        max(last_order_date) as last_order_date
    from deltas
    group by customer_id, replay_date, as_of_date
),

frame as (
    {{ history_spine() }}
),

measured as (
    select
        frame.customer_id,
        frame.as_of_date,
        frame.replay_date,
        {% for column in measured_columns(windowed, lifelong) -%}
            cast(sum(coalesce(summed.{{ column }}, 0)) over so_far as {{ 'decimal(18, 4)' if 'amount' in column else 'bigint' }}) as {{ column }},
        {% endfor -%}
        min(summed.first_order_date) over so_far as first_order_date,
        max(summed.last_order_date) over so_far as last_order_date,
        frame.input_fingerprint
    from frame
    left join summed
        on frame.customer_id = summed.customer_id and frame.replay_date = summed.replay_date and frame.as_of_date = summed.as_of_date
    window so_far as (
        partition by frame.customer_id, frame.replay_date order by frame.as_of_date rows between unbounded preceding and current row
    )
)

{{ history_rows('measured') }}
