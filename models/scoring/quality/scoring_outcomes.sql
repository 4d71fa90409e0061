with dates as (
    select as_of_date from {{ ref('int_as_of_dates') }}
),

windows as (
    {%- for days in (30, 90) %}
        select
            as_of_date,
            {{ days }} as horizon_days,
            {{ days_after('as_of_date', days) }} as until_date
        from dates
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

closed_windows as (
    select * from windows
    where until_date <= (select max(as_of_date) from dates)
),

purchases as (
    select
        customer_id,
        ordered_date,
        undone_date,
        is_coupon_order
    from {{ ref('int_purchases__counted') }}
)

select
    purchases.customer_id,
    closed_windows.as_of_date,
    closed_windows.horizon_days,
    count(distinct purchases.ordered_date) as order_days_count,
    count(*) as orders_count,
    count(*) filter (where purchases.is_coupon_order) as coupon_orders_count
from purchases
inner join closed_windows
    on
        purchases.ordered_date > closed_windows.as_of_date
        and purchases.ordered_date <= closed_windows.until_date
        and purchases.undone_date > closed_windows.until_date
group by purchases.customer_id, closed_windows.as_of_date, closed_windows.horizon_days
