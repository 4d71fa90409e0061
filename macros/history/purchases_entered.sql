{#-
  CTEs that end in `purchases`: one row per purchase and place in history, given the CTE `dates`.
    enters        the as-of date at which the purchase starts to count
    replay_date   1900-01-01 for the main run through history, else the only as-of date the row speaks for
    refund_amount, net_amount   as known then
  The main run knows every refund from the start. That is wrong only between an order and a refund that
  arrives at a later as-of date: there the past looked different, and a full refund even takes a purchase
  out of it. Sums could be corrected by a negative row, medians and favourites cannot. So those pairs of
  customer and date (`replayed_dates`, few) are replayed on their own with what was known then, and the
  models that read `purchases` need no second kind of logic: see history_frame and history_rows.
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

replayed_dates as (
    select distinct valid_orders.customer_id, dates.as_of_date
    from valid_orders
    inner join order_refunds on valid_orders.order_id = order_refunds.order_id
    inner join dates on dates.as_of_date >= valid_orders.order_enters and dates.as_of_date < order_refunds.refund_enters
),

placed as (
    select valid_orders.*, valid_orders.order_enters as enters, date '1900-01-01' as replay_date
    from valid_orders
    union all
    select valid_orders.*, replayed_dates.as_of_date as enters, replayed_dates.as_of_date as replay_date
    from valid_orders
    inner join replayed_dates
        on valid_orders.customer_id = replayed_dates.customer_id and valid_orders.order_enters <= replayed_dates.as_of_date
),

refunded as (
    select
        placed.order_id,
        placed.replay_date,
        sum(order_refunds.refund_amount) as refund_amount
    from placed
    inner join order_refunds on placed.order_id = order_refunds.order_id
    where placed.replay_date = date '1900-01-01' or order_refunds.refund_enters <= placed.replay_date
    group by placed.order_id, placed.replay_date
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
    left join refunded on placed.order_id = refunded.order_id and placed.replay_date = refunded.replay_date
    where refunded.refund_amount is null or refunded.refund_amount <= 0 or refunded.refund_amount < placed.payable_amount
)
{% endmacro %}
