{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_rows() }}") }}

with {{ open_history(ref('int_purchases__counted'), 'ordered_date') }},

purchases as (
    select
        open_customers.customer_number,
        placed.*,
        greatest(placed.enters, open_customers.open_from) as counts_from
    from {{ ref('int_purchases__placed') }} as placed
    inner join open_customers on placed.customer_id = open_customers.customer_id
    where placed.replay_date = date '1900-01-01' or open_customers.open_from <= placed.replay_date
),

{{ replayed_frame() }},

windowed as (
    select
        purchases.customer_number,
        purchases.replay_date,
        windows.as_of_date,
        count(*) filter (where windows.days_before < 30) as orders_count_30d,
        count(*) filter (where windows.days_before < 90) as orders_count_90d,
        count(*) as orders_count_365d,
        sum(purchases.net_amount) filter (where windows.days_before < 30) as net_amount_30d,
        sum(purchases.net_amount) filter (where windows.days_before < 90) as net_amount_90d,
        sum(purchases.net_amount) as net_amount_365d
    from purchases
    inner join {{ ref('int_event_days__windowed') }} as windows
        on
            purchases.ordered_date = windows.event_date
            and purchases.counts_from <= windows.as_of_date
            and (purchases.replay_date = date '1900-01-01' or purchases.replay_date = windows.as_of_date)
    group by purchases.customer_number, purchases.replay_date, windows.as_of_date
),

summed as (
    select
        customer_number,
        replay_date,
        counts_from as as_of_date,
        count(*) as orders_count,
        sum(net_amount) as net_amount,
        sum(order_amount) as order_amount,
        sum(reduction_amount) as reduction_amount,
        sum(payable_amount) as payable_amount,
        sum(refund_amount) as refund_amount,
        sum(items_count) as items_count,
        count(*) filter (where is_coupon_order) as coupon_orders_count,
        count(*) filter (where is_promotion_order) as promotion_orders_count,
        count(*) filter (where is_new_product_order) as new_product_orders_count,
        min(ordered_date) as first_order_date,
        max(ordered_date) as last_order_date
    from purchases
    group by customer_number, replay_date, counts_from
),

measured as (
    select
        frame.customer_id,
        frame.as_of_date,
        frame.replay_date,
        cast(sum(coalesce(summed.orders_count, 0)) over so_far as bigint) as orders_count,
        cast(sum(coalesce(summed.net_amount, 0)) over so_far as decimal(18, 4)) as net_amount,
        cast(sum(coalesce(summed.order_amount, 0)) over so_far as decimal(18, 4)) as order_amount,
        cast(sum(coalesce(summed.reduction_amount, 0)) over so_far as decimal(18, 4)) as reduction_amount,
        cast(sum(coalesce(summed.payable_amount, 0)) over so_far as decimal(18, 4)) as payable_amount,
        cast(sum(coalesce(summed.refund_amount, 0)) over so_far as decimal(18, 4)) as refund_amount,
        cast(sum(coalesce(summed.items_count, 0)) over so_far as bigint) as items_count,
        cast(sum(coalesce(summed.coupon_orders_count, 0)) over so_far as bigint) as coupon_orders_count,
        cast(sum(coalesce(summed.promotion_orders_count, 0)) over so_far as bigint) as promotion_orders_count,
        cast(sum(coalesce(summed.new_product_orders_count, 0)) over so_far as bigint) as new_product_orders_count,
        cast(coalesce(windowed.orders_count_30d, 0) as bigint) as orders_count_30d,
        cast(coalesce(windowed.orders_count_90d, 0) as bigint) as orders_count_90d,
        cast(coalesce(windowed.orders_count_365d, 0) as bigint) as orders_count_365d,
        cast(coalesce(windowed.net_amount_30d, 0) as decimal(18, 4)) as net_amount_30d,
        cast(coalesce(windowed.net_amount_90d, 0) as decimal(18, 4)) as net_amount_90d,
        cast(coalesce(windowed.net_amount_365d, 0) as decimal(18, 4)) as net_amount_365d,
        min(summed.first_order_date) over so_far as first_order_date,
        max(summed.last_order_date) over so_far as last_order_date,
        frame.input_fingerprint
    from frame
    left join summed
        on
            frame.customer_number = summed.customer_number
            and frame.replay_date = summed.replay_date and frame.as_of_date = summed.as_of_date
    left join windowed
        on
            frame.customer_number = windowed.customer_number
            and frame.replay_date = windowed.replay_date and frame.as_of_date = windowed.as_of_date
    window so_far as (
        partition by frame.customer_number, frame.replay_date order by frame.as_of_date nulls last rows between unbounded preceding and current row
    )
)

{{ replayed_rows('measured') }}
