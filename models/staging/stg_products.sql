with checked as (
    select * from {{ ref('stg_products__checked') }}
)

select
    sku_id,
    product_name,
    category,
    series,
    style,
    colour,
    size,
    launched_at,
    list_price,
    unit_cost,
    upgrade_of_sku_id
from checked
where verdict is null
