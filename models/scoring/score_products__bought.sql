{#- How fast habit fades: a purchase counts half after so many days. Integers add up the same in any order. #}
{%- set half_life_days = 90 %}

with dates as (
    select as_of_date from {{ ref('int_as_of_dates') }}
),

newest as (
    select max(as_of_date) as as_of_date from dates
),

{# The current date, which is acted upon, and the latest one whose next 30 days are over, which tells how good it was. #}
asked as (
    select as_of_date from newest
    union all
    select max(dates.as_of_date) as as_of_date
    from dates
    cross join newest
    where {{ days_after('dates.as_of_date', 30) }} <= newest.as_of_date
),

orders as (
    select
        orders.order_id,
        orders.customer_id,
        orders.ordered_date,
        orders.payable_amount,
        asked.as_of_date
    from {{ ref('int_orders__validated') }} as orders
    inner join asked on orders.ordered_date <= asked.as_of_date
    where orders.is_valid and orders.customer_id is not null
),

refunded as (
    select
        orders.order_id,
        orders.as_of_date,
        sum(refunds.refund_amount) as refund_amount
    from orders
    inner join {{ ref('int_refunds__dated') }} as refunds
        on orders.order_id = refunds.order_id and orders.as_of_date >= refunds.refunded_date
    group by orders.order_id, orders.as_of_date
),

product_days as (
    select distinct
        orders.as_of_date,
        orders.customer_id,
        items.sku_id,
        orders.ordered_date,
        {{ dbt.datediff('orders.ordered_date', 'orders.as_of_date', 'day') }} as days_ago
    from orders
    inner join {{ ref('int_order_items__described') }} as items on orders.order_id = items.order_id
    left join refunded on orders.order_id = refunded.order_id and orders.as_of_date = refunded.as_of_date
    where refunded.refund_amount is null or refunded.refund_amount <= 0 or refunded.refund_amount < orders.payable_amount
)

select
    as_of_date,
    customer_id,
    sku_id,
    count(*) as days_count,
    min(ordered_date) as first_date,
    max(ordered_date) as last_date,
    cast(sum(cast(round(1e9 * power(0.5e0, days_ago / {{ half_life_days }}e0)) as bigint)) as bigint) as habit_weight
from product_days
group by as_of_date, customer_id, sku_id
