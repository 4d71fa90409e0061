{{ config(materialized='view') }}

with customers as (
    select
        customer_id,
        as_of_date
    from {{ ref('int_customers__spine') }}
),

orders as (
    select * from {{ ref('int_orders__measured') }}
    where orders_count > 0
),

refunds as (
    select * from {{ ref('int_refunds__measured') }}
),

rhythms as (
    select * from {{ ref('int_rhythms__measured') }}
),

preferences as (
    select * from {{ ref('int_preferences__measured') }}
),

price_bands as (
    select
        price_band,
        min_price,
        max_price
    from {{ ref('price_bands') }}
),

timed as (
    select
        orders.*,
        rhythms.median_days_between_orders,
        rhythms.previous_order_date,
        cast({{ dbt.dateadd('day', 'cast(round(rhythms.median_days_between_orders) as integer)', 'orders.last_order_date') }} as date) as next_order_due_date,
        {{ share('orders.payable_amount', 'orders.items_count') }} as average_unit_price
    from orders
    left join rhythms on orders.customer_id = rhythms.customer_id and orders.as_of_date = rhythms.as_of_date
)

select
    customers.customer_id,
    customers.as_of_date,
    timed.first_order_date,
    timed.last_order_date,
    timed.previous_order_date,
    coalesce(timed.orders_count, 0) as orders_count,
    coalesce(timed.orders_count_30d, 0) as orders_count_30d,
    coalesce(timed.orders_count_90d, 0) as orders_count_90d,
    coalesce(timed.orders_count_365d, 0) as orders_count_365d,
    cast(coalesce(timed.net_amount, 0) as decimal(18, 4)) as net_amount,
    cast(coalesce(timed.net_amount_30d, 0) as decimal(18, 4)) as net_amount_30d,
    cast(coalesce(timed.net_amount_90d, 0) as decimal(18, 4)) as net_amount_90d,
    cast(coalesce(timed.net_amount_365d, 0) as decimal(18, 4)) as net_amount_365d,
    {{ dbt.datediff('timed.last_order_date', 'customers.as_of_date', 'day') }} as days_since_last_order,
    {{ dbt.datediff('timed.first_order_date', 'customers.as_of_date', 'day') }} as days_since_first_order,
    {{ share('timed.net_amount', 'timed.orders_count') }} as average_order_amount,
    case when timed.orders_count > 1 then timed.orders_count - 1 else 0 end as repurchase_count,
    timed.median_days_between_orders,
    timed.next_order_due_date,
    coalesce(timed.next_order_due_date <= customers.as_of_date, false) as is_due_to_repurchase,
    coalesce(timed.items_count, 0) as items_count,
    case
        when refunds.refund_amount > 0 then {{ share('refunds.refund_amount', 'refunds.payable_amount') }}
        when timed.orders_count > 0 then 0
    end as refund_rate,
    {{ share('timed.reduction_amount', 'timed.order_amount') }} as discount_share,
    {{ share('timed.coupon_orders_count', 'timed.orders_count') }} as coupon_order_share,
    {{ share('timed.promotion_orders_count', 'timed.orders_count') }} as promotion_order_share,
    {{ share('timed.new_product_orders_count', 'timed.orders_count') }} as new_product_order_share,
    preferences.category as favourite_category,
    {{ shrunk_share('preferences.category_times', 'timed.items_count') }} as favourite_category_share,
    preferences.style as favourite_style,
    {{ shrunk_share('preferences.style_times', 'timed.items_count') }} as favourite_style_share,
    preferences.colour as favourite_colour,
    {{ shrunk_share('preferences.colour_times', 'timed.items_count') }} as favourite_colour_share,
    preferences.size as favourite_size,
    {{ shrunk_share('preferences.size_times', 'timed.items_count') }} as favourite_size_share,
    price_bands.price_band,
    preferences.channel as preferred_channel,
    {{ shrunk_share('preferences.channel_times', 'timed.orders_count') }} as preferred_channel_share,
    preferences.hour_band as preferred_hour_band,
    {{ shrunk_share('preferences.hour_band_times', 'timed.orders_count') }} as preferred_hour_band_share,
    preferences.sku_id as habitual_sku_id,
    {{ shrunk_share('preferences.sku_id_times', 'timed.items_count') }} as habitual_sku_share
from customers
left join timed on customers.customer_id = timed.customer_id and customers.as_of_date = timed.as_of_date
left join refunds on customers.customer_id = refunds.customer_id and customers.as_of_date = refunds.as_of_date
left join preferences on customers.customer_id = preferences.customer_id and customers.as_of_date = preferences.as_of_date
left join price_bands
    on
        timed.average_unit_price >= price_bands.min_price
        and (timed.average_unit_price < price_bands.max_price or price_bands.max_price is null)
