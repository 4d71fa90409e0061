{#-
  At some as-of date the tag mart does not hold the orders and the money of the raw orders and refunds: every value
  segment, list and report of that date is wrong. Computed here in another way than the models do: an order is worth its
  goods from its date on, each refund of goods lowers that from its own date on and never below nothing, and the one that
  completes a full refund takes the purchase away. These steps are summed by the two dates, then read at every as-of date.
-#}
with orders as (
    select
        orders.order_id,
        orders.ordered_date,
        coalesce(rates.rate, 1) as rate,
        greatest(orders.order_amount - coalesce(orders.discount_amount, 0) - coalesce(orders.coupon_amount, 0), 0) as amount
    from {{ ref('stg_orders') }} as orders
    left join {{ ref('int_exchange_rates__dated') }} as rates
        on orders.currency = rates.currency and orders.ordered_date = rates.ordered_date
    where orders.customer_id is not null and orders.paid_at is not null and orders.status not in ('created', 'cancelled', 'closed')
),

refunds as (
    select
        orders.order_id,
        orders.ordered_date,
        orders.rate,
        orders.amount,
        greatest(refunds.refunded_date, orders.ordered_date) as step_date,
        sum(greatest(refunds.refund_amount - coalesce(refunds.shipping_refund_amount, 0), 0)) as refund_amount
    from {{ ref('stg_refunds') }} as refunds
    inner join orders on refunds.order_id = orders.order_id
    group by orders.order_id, orders.ordered_date, orders.rate, orders.amount, greatest(refunds.refunded_date, orders.ordered_date)
),

refunds_so_far as (
    select
        *,
        sum(refund_amount) over so_far as refunded
    from refunds
    window so_far as (partition by order_id order by step_date nulls last rows between unbounded preceding and current row)
),

refund_steps as (
    select
        *,
        cast(amount - least(refunded, amount) as decimal(18, 4)) as amount_left,
        cast(amount - least(refunded - refund_amount, amount) as decimal(18, 4)) as amount_before
    from refunds_so_far
    where amount > 0
),

steps as (
    select
        ordered_date,
        ordered_date as step_date,
        round(cast(amount as decimal(18, 4)) * rate, 4) as amount_step,
        1 as count_step
    from orders
    union all
    select
        ordered_date,
        step_date,
        round(amount_left * rate, 4) - round(amount_before * rate, 4) as amount_step,
        case when amount_left = 0 and amount_before > 0 then -1 else 0 end as count_step
    from refund_steps
),

steps_by_date as (
    select
        ordered_date,
        step_date,
        sum(amount_step) as amount_step,
        sum(count_step) as count_step
    from steps
    group by ordered_date, step_date
),

dated_steps as (
    select
        dates.as_of_date,
        steps_by_date.count_step,
        steps_by_date.amount_step,
        {{ dbt.datediff('steps_by_date.ordered_date', 'dates.as_of_date', 'day') }} < 90 as is_in_90d
    from {{ ref('int_as_of_dates') }} as dates
    inner join steps_by_date on dates.as_of_date >= steps_by_date.step_date
),

expected as (
    select
        as_of_date,
        sum(count_step) as orders_count,
        sum(amount_step) as net_amount,
        sum(count_step) filter (where is_in_90d) as orders_count_90d,
        sum(amount_step) filter (where is_in_90d) as net_amount_90d
    from dated_steps
    group by as_of_date
),

actual as (
    select
        as_of_date,
        sum(orders_count) as orders_count,
        sum(net_amount) as net_amount,
        sum(orders_count_90d) as orders_count_90d,
        sum(net_amount_90d) as net_amount_90d
    from {{ ref('customer_tags') }}
    group by as_of_date
)

select
    coalesce(expected.as_of_date, actual.as_of_date) as as_of_date,
    expected.orders_count as expected_orders_count,
    actual.orders_count as actual_orders_count,
    expected.net_amount as expected_net_amount,
    actual.net_amount as actual_net_amount,
    expected.net_amount_90d as expected_net_amount_90d,
    actual.net_amount_90d as actual_net_amount_90d
from expected
full outer join actual on expected.as_of_date = actual.as_of_date
where
    coalesce(expected.orders_count, 0) <> coalesce(actual.orders_count, 0)
    {#- Half of the last decimal for each step at a rate: what is left is rounded here, what is refunded there. #}
    or abs(coalesce(expected.net_amount, 0) - coalesce(actual.net_amount, 0)) > 0.0001 * (select count(*) from refund_steps where rate <> 1)
    or coalesce(expected.orders_count_90d, 0) <> coalesce(actual.orders_count_90d, 0)
    or abs(coalesce(expected.net_amount_90d, 0) - coalesce(actual.net_amount_90d, 0)) > 0.0001 * (select count(*) from refund_steps where rate <> 1)
