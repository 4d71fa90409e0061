{#-
  The main run through history knows every refund from the start. That is wrong only between an order and a refund that
  arrives at a later as-of date: there the past looked different. Sums could be corrected by a negative row, medians and
  favourites cannot. So these pairs of customer and date, which are few, are replayed with what was known then.
#}

with event_days as (
    select * from {{ ref('int_event_days__entered') }}
),

purchases as (
    select
        purchases.*,
        ordered_days.enters,
        undone_days.enters as leaves
    from {{ ref('int_purchases__counted') }} as purchases
    inner join event_days as ordered_days on purchases.ordered_date = ordered_days.event_date
    left join event_days as undone_days on purchases.undone_date = undone_days.event_date
),

refunds as (
    select
        refunds.order_id,
        event_days.enters,
        sum(refunds.refund_amount) as refund_amount
    from {{ ref('int_refunds__dated') }} as refunds
    inner join event_days on refunds.refunded_date = event_days.event_date
    group by refunds.order_id, event_days.enters
),

replays as (
    select distinct
        purchases.customer_id,
        dates.as_of_date as replay_date
    from purchases
    inner join refunds on purchases.order_id = refunds.order_id
    inner join {{ ref('int_as_of_dates') }} as dates
        on purchases.enters <= dates.as_of_date and refunds.enters > dates.as_of_date
),

placed as (
    select
        purchases.*,
        date '1900-01-01' as replay_date
    from purchases
    where purchases.leaves is null
    union all
    select
        purchases.*,
        replays.replay_date
    from purchases
    inner join replays on purchases.customer_id = replays.customer_id and purchases.enters <= replays.replay_date
    where purchases.leaves is null or replays.replay_date < purchases.leaves
),

refunded as (
    select
        placed.order_id,
        placed.replay_date,
        sum(refunds.refund_amount) as refund_amount
    from placed
    inner join refunds on placed.order_id = refunds.order_id
    where placed.replay_date = date '1900-01-01' or refunds.enters <= placed.replay_date
    group by placed.order_id, placed.replay_date
)

select
    placed.customer_id,
    placed.order_id,
    placed.ordered_date,
    placed.replay_date,
    greatest(placed.enters, placed.replay_date) as enters,
    placed.order_amount,
    placed.reduction_amount,
    placed.payable_amount,
    cast(coalesce(refunded.refund_amount, 0) as decimal(18, 4)) as refund_amount,
    cast(placed.payable_amount - coalesce(refunded.refund_amount, 0) as decimal(18, 4)) as net_amount,
    placed.items_count,
    placed.is_coupon_order,
    placed.is_promotion_order,
    placed.is_new_product_order,
    placed.channel,
    placed.hour_band
from placed
left join refunded on placed.order_id = refunded.order_id and placed.replay_date = refunded.replay_date
