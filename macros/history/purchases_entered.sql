{#-
  CTEs that end in `purchases`: one row per purchase and place in history, given the CTE `dates`.
    enters        the as-of date at which the purchase starts to count
    replay_date   1900-01-01, or the only as-of date that this row speaks for
    refund_amount, net_amount   as known then
  A refund that arrives at a later as-of date than its order changes the past, and a full one takes the
  purchase away. Sums could be corrected by a negative row, medians and favourites cannot. So customers
  with such a refund (few) are replayed date by date, all others run through history once; the models
  that read `purchases` need no second kind of logic.
-#}
{% macro purchases_entered(windows) %}
event_days as (
    select distinct ordered_date as event_date from {{ ref('int_orders__validated') }}
    union
    select distinct refunded_date as event_date from {{ ref('int_refunds__dated') }}
),

calendar as (
    {{ as_of_calendar(windows) }}
),

valid_orders as (
    select orders.*, calendar.enters as order_enters
    from {{ ref('int_orders__validated') }} as orders
    inner join calendar on orders.ordered_date = calendar.event_date
    where orders.is_valid and orders.customer_id is not null
),

order_refunds as (
    select
        refunds.order_id,
        calendar.enters as refund_enters,
        sum(refunds.refund_amount) as refund_amount
    from {{ ref('int_refunds__dated') }} as refunds
    inner join calendar on refunds.refunded_date = calendar.event_date
    where refunds.is_valid and refunds.customer_id is not null
    group by refunds.order_id, calendar.enters
),

replayed_customers as (
    select distinct valid_orders.customer_id
    from valid_orders
    inner join order_refunds on valid_orders.order_id = order_refunds.order_id
    where order_refunds.refund_enters > valid_orders.order_enters
),

placed as (
    select valid_orders.*, valid_orders.order_enters as enters, date '1900-01-01' as replay_date
    from valid_orders
    where valid_orders.customer_id not in (select customer_id from replayed_customers)
    union all
    select valid_orders.*, dates.as_of_date as enters, dates.as_of_date as replay_date
    from valid_orders
    inner join dates on valid_orders.order_enters <= dates.as_of_date
    where valid_orders.customer_id in (select customer_id from replayed_customers)
),

refunded as (
    select
        placed.order_id,
        placed.enters,
        sum(order_refunds.refund_amount) as refund_amount
    from placed
    inner join order_refunds on placed.order_id = order_refunds.order_id
    where order_refunds.refund_enters <= placed.enters
    group by placed.order_id, placed.enters
),

purchases as (
    select
        placed.*,
        coalesce(refunded.refund_amount, 0) as refund_amount,
        cast(placed.payable_amount - coalesce(refunded.refund_amount, 0) as decimal(18, 4)) as net_amount,
        {% for window in windows %}
        case when placed.replay_date = date '1900-01-01' then calendar.leaves_{{ window }}d else
            case when {{ days_after('placed.ordered_date', window) }} <= placed.enters then placed.enters end
        end as leaves_{{ window }}d,
        {% endfor %}
        1 as orders_count
    from placed
    inner join calendar on placed.ordered_date = calendar.event_date
    left join refunded on placed.order_id = refunded.order_id and placed.enters = refunded.enters
    where refunded.refund_amount is null or refunded.refund_amount <= 0 or refunded.refund_amount < placed.payable_amount
)
{% endmacro %}
