{#- A refund counts on the day on which it is made: a day that is over keeps its net amount. -#}
with orders as (
    select
        ordered_date as measured_date,
        1 as orders_count,
        customer_id,
        payable_amount as amount
    from {{ ref('int_orders__validated') }}
    where is_valid
    union all
    select
        refunded_date as measured_date,
        0 as orders_count,
        null as customer_id,
        -refund_amount as amount
    from {{ ref('int_refunds__dated') }}
    where is_valid
),

order_days as (
    select
        measured_date,
        sum(orders_count) as orders_count,
        count(distinct customer_id) as buyers_count,
        sum(amount) as net_amount
    from orders
    group by measured_date
),

touch_days as (
    select
        occurred_date as measured_date,
        count(*) as touches_count
    from {{ ref('int_touchpoints__unified') }}
    where touch_class = 'active'
    group by occurred_date
),

contact_days as (
    select * from {{ ref('daily_contacts') }}
    where channel_level = 'all'
),

group_days as (
    select * from {{ ref('daily_groups') }}
    where group_level = 'all'
),

counted as (
    {% for measure, days, column in [
        ('contacts_new', 'contact_days', 'new_count'), ('contacts_lost', 'contact_days', 'lost_count'),
        ('contacts_net', 'contact_days', 'net_count'), ('group_members_joined', 'group_days', 'joined_count'),
        ('group_members_quit', 'group_days', 'quit_count'), ('orders', 'order_days', 'orders_count'),
        ('buyers', 'order_days', 'buyers_count'), ('net_amount', 'order_days', 'net_amount'),
        ('active_touches', 'touch_days', 'touches_count'),
    ] -%}
        select
            '{{ measure }}' as measure_code,
            measured_date,
            cast({{ column }} as decimal(18, 4)) as measured_value
        from {{ days }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

measures as (
    select
        measure_code,
        min(measured_date) as first_date
    from counted
    group by measure_code
)

select
    measures.measure_code,
    calendar.measured_date,
    coalesce(counted.measured_value, cast(0 as decimal(18, 4))) as measured_value
from {{ ref('daily_calendar') }} as calendar
inner join measures on calendar.measured_date >= measures.first_date
left join counted on measures.measure_code = counted.measure_code and calendar.measured_date = counted.measured_date
