with products as (
    select distinct
        sku_id,
        category,
        style,
        colour,
        size
    from {{ ref('int_order_items__described') }}
),

orders as (
    select
        channel,
        hour_band
    from {{ ref('int_purchases__counted') }}
),

listed as (
    select
        'sku_id' as feature,
        sku_id as feature_value
    from products
    union
    select
        'category' as feature,
        category as feature_value
    from products
    union
    select
        'style' as feature,
        style as feature_value
    from products
    union
    select
        'colour' as feature,
        colour as feature_value
    from products
    union
    select
        'size' as feature,
        size as feature_value
    from products
    union
    select
        'channel' as feature,
        channel as feature_value
    from orders
    union
    select
        'hour_band' as feature,
        hour_band as feature_value
    from orders
)

select
    feature,
    feature_value,
    cast(row_number() over (order by feature nulls last, feature_value nulls last) as integer) as value_number
from listed
where feature_value is not null
