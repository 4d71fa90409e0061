select
    sku_id,
    category
from {{ ref('stg_products') }}
where category is not null
