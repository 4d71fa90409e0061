{#-
  CTEs that end in `purchases`: one row per purchase of an open customer and place in history (see open_history).
    enters        the as-of date at which the purchase starts to count
    replay_date   1900-01-01 for the main run through history, else the only as-of date the row speaks for
    refund_amount, net_amount   as known then
  The main run knows every refund from the start. That is wrong only between an order and a refund that
  arrives at a later as-of date: there the past looked different, and a full refund even takes a purchase
  out of it. Sums could be corrected by a negative row, medians and favourites cannot. So those pairs of
  customer and date (`replayed_dates`, few) are replayed on their own with what was known then, and the
  models that read `purchases` need no second kind of logic: see history_spine and history_rows.
  `columns`: those of int_orders__validated that the model needs.
-#}
{% macro purchases_entered(columns, longest_window=none) %}
{%- set order_columns = (['order_id', 'ordered_date', 'payable_amount'] + columns) | unique | join(', ') -%}
valid_orders as (
    select {{ order_columns }}, customer_id, ordered_date as event_date
    from {{ ref('int_orders__validated') }}
    where is_valid and customer_id is not null
),

valid_refunds as (
    select customer_id, order_id, refunded_date as event_date, refund_amount
    from {{ ref('int_refunds__dated') }}
    where is_valid and customer_id is not null
),

{{ open_history('valid_orders', longest_window, 'valid_refunds') }},

order_refunds as (
    select refunds.order_id, calendar.enters as refund_enters, sum(refunds.refund_amount) as refund_amount
    from valid_refunds as refunds
    inner join open_customers on refunds.customer_id = open_customers.customer_id
    inner join calendar on refunds.event_date = calendar.event_date and open_customers.open_from = calendar.open_from
    group by refunds.order_id, calendar.enters
),

replayed_dates as (
    select distinct spine.customer_number, spine.customer_id, spine.as_of_date
    from entered
    inner join order_refunds on entered.order_id = order_refunds.order_id and entered.enters < order_refunds.refund_enters
    inner join spine
        on entered.customer_number = spine.customer_number
        and spine.as_of_date >= entered.enters and spine.as_of_date < order_refunds.refund_enters
),

placed as (
    select customer_number, {{ order_columns }}, enters, date '1900-01-01' as replay_date
    from entered
    union all
    select
        {% for column in ['customer_number'] + order_columns.split(', ') %}entered.{{ column }}, {% endfor %}
        replayed_dates.as_of_date as enters,
        replayed_dates.as_of_date as replay_date
    from entered
    inner join replayed_dates on entered.customer_number = replayed_dates.customer_number and entered.enters <= replayed_dates.as_of_date
),

refunded as (
    select placed.order_id, placed.replay_date, sum(order_refunds.refund_amount) as refund_amount
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
        1 as orders_count
    from placed
    left join refunded on placed.order_id = refunded.order_id and placed.replay_date = refunded.replay_date
    where refunded.refund_amount is null or refunded.refund_amount <= 0 or refunded.refund_amount < placed.payable_amount
)
{% endmacro %}

{#- Every row to compute, in the main run, and those of replayed_dates once more for their own date only. -#}
{% macro history_spine() %}
    select *, date '1900-01-01' as replay_date
    from spine
    union all
    select spine.*, spine.as_of_date as replay_date
    from spine
    inner join replayed_dates on spine.customer_number = replayed_dates.customer_number and spine.as_of_date = replayed_dates.as_of_date
{% endmacro %}

{#- The last step: rows of the main run give way to the replay of their date. -#}
{% macro history_rows(measured) %}
select {{ measured }}.*
from {{ measured }}
left join replayed_dates
    on {{ measured }}.customer_id = replayed_dates.customer_id and {{ measured }}.as_of_date = replayed_dates.as_of_date
where
    (replayed_dates.customer_id is null or {{ measured }}.replay_date <> date '1900-01-01')
    and {{ is_lacking(measured) }}
{% endmacro %}
