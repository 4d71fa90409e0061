with order_days as (
    select * from {{ ref('alert_orders') }}
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
