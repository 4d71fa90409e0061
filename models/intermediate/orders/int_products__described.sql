with products as (
    select * from {{ ref('stg_products') }}
)

select
    sku_id,
    product_name,
    category,
    {{ business_date('launched_at') }} as launched_date,
    list_price,
    unit_cost,
    upgrade_of_sku_id
from products
