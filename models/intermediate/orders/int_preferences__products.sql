with products as (
    select distinct
        sku_id,
        category,
        style,
        colour,
        size
    from {{ ref('int_order_items__described') }}
),

feature_values as (
    select * from {{ ref('int_preferences__values') }}
)

{% for feature in ['sku_id', 'category', 'style', 'colour', 'size'] %}
    select
        products.sku_id,
        feature_values.value_number
    from products
    inner join feature_values on products.{{ feature }} = feature_values.feature_value and feature_values.feature = '{{ feature }}'
    {{ 'union all' if not loop.last }}
{% endfor %}
