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

orders as (
    select
        closed_windows.as_of_date,
        closed_windows.horizon_days,
        closed_windows.until_date,
        orders.order_id,
        orders.customer_id,
        orders.ordered_date,
        orders.payable_amount,
        orders.is_coupon_order,
        orders.is_promotion_order
    from {{ ref('int_orders__validated') }} as orders
    inner join closed_windows
        on orders.ordered_date > closed_windows.as_of_date and orders.ordered_date <= closed_windows.until_date
    where orders.is_valid and orders.customer_id is not null
),

refunded as (
    select
        orders.as_of_date,
        orders.horizon_days,
        orders.order_id,
        sum(refunds.refund_amount) as refund_amount
    from orders
    inner join {{ ref('int_refunds__dated') }} as refunds
        on orders.order_id = refunds.order_id and orders.until_date >= refunds.refunded_date
    group by orders.as_of_date, orders.horizon_days, orders.order_id
),

purchases as (
    select
        orders.*,
        orders.payable_amount - coalesce(refunded.refund_amount, 0) as net_amount
    from orders
    left join refunded
        on
            orders.as_of_date = refunded.as_of_date
            and orders.horizon_days = refunded.horizon_days
            and orders.order_id = refunded.order_id
    where refunded.refund_amount is null or refunded.refund_amount <= 0 or refunded.refund_amount < orders.payable_amount
)

select
    customer_id,
    as_of_date,
    horizon_days,
    count(distinct ordered_date) as order_days_count,
    count(*) as orders_count,
    count(*) filter (where is_coupon_order) as coupon_orders_count,
    count(*) filter (where is_promotion_order) as promotion_orders_count,
    cast(sum(net_amount) as decimal(18, 4)) as net_amount
from purchases
group by customer_id, as_of_date, horizon_days
