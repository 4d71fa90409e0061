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
    select distinct
        channel,
        hour_band
    from {{ ref('int_purchases__counted') }}
),

listed as (
    select
        'sku_id' as feature,
        sku_id as value
    from products
    union
    select
        'category' as feature,
        category as value
    from products
    union
    select
        'style' as feature,
        style as value
    from products
    union
    select
        'colour' as feature,
        colour as value
    from products
    union
    select
        'size' as feature,
        size as value
    from products
    union
    select
        'channel' as feature,
        channel as value
    from orders
    union
    select
        'hour_band' as feature,
        hour_band as value
    from orders
)

select
    feature,
    value,
    cast(row_number() over (order by feature, value) as integer) as value_number
from listed
where value is not null
