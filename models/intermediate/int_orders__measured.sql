{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_rows() }}") }}

{%- set windowed = {30: ['orders_count', 'net_amount'], 90: ['orders_count', 'net_amount'], 365: ['orders_count', 'net_amount']} %}
{%- set lifelong = ['orders_count', 'net_amount', 'order_amount', 'reduction_amount', 'payable_amount', 'refund_amount', 'items_count',
                    'coupon_orders_count', 'promotion_orders_count', 'new_product_orders_count'] %}
{%- set columns = ['order_amount', 'reduction_amount', 'items_count', 'is_coupon_order', 'is_promotion_order', 'is_new_product_order'] %}

with {{ purchases_entered(columns, 365) }},

of_year as (
    select
        purchases.customer_number,
        purchases.replay_date,
        window_dates.as_of_date,
        {{ windowed_sums(windowed) }}
    from purchases
    inner join window_dates
        on
            purchases.ordered_date = window_dates.event_date
            and purchases.enters <= window_dates.as_of_date
            and (purchases.replay_date = date '1900-01-01' or purchases.replay_date = window_dates.as_of_date)
    group by purchases.customer_number, purchases.replay_date, window_dates.as_of_date
),

counted as (
    select
        *,
        case when is_coupon_order then 1 else 0 end as coupon_orders_count,
        case when is_promotion_order then 1 else 0 end as promotion_orders_count,
        case when is_new_product_order then 1 else 0 end as new_product_orders_count
    from purchases
),

since_ever as (
    select
        customer_number,
        replay_date,
        enters as as_of_date,
        {% for measure in lifelong %}sum({{ measure }}) as {{ measure }},
        {% endfor -%}
        min(ordered_date) as first_order_date,
        max(ordered_date) as last_order_date
    from counted
    group by customer_number, replay_date, enters
),

frame as (
    {{ history_spine() }}
),

measured as (
    select
        frame.customer_id,
        frame.as_of_date,
        frame.replay_date,
        {% for measure in lifelong -%}
            cast(sum(coalesce(since_ever.{{ measure }}, 0)) over so_far as {{ 'decimal(18, 4)' if 'amount' in measure else 'bigint' }}) as {{ measure }},
        {% endfor -%}
        {% for window, measures in windowed.items() %}{% for measure in measures -%}
            {%- set column = measure ~ '_' ~ window ~ 'd' -%}
            cast(coalesce(of_year.{{ column }}, 0) as {{ 'decimal(18, 4)' if 'amount' in measure else 'bigint' }}) as {{ column }},
        {% endfor %}{% endfor -%}
        min(since_ever.first_order_date) over so_far as first_order_date,
        max(since_ever.last_order_date) over so_far as last_order_date,
        frame.input_fingerprint
    from frame
    left join since_ever
        on
            frame.customer_number = since_ever.customer_number
            and frame.replay_date = since_ever.replay_date and frame.as_of_date = since_ever.as_of_date
    left join of_year
        on
            frame.customer_number = of_year.customer_number
            and frame.replay_date = of_year.replay_date and frame.as_of_date = of_year.as_of_date
    window so_far as (
        partition by frame.customer_number, frame.replay_date order by frame.as_of_date rows between unbounded preceding and current row
    )
)

{{ history_rows('measured') }}
