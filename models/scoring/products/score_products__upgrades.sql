select
    sku_id,
    upgrade_of_sku_id
from {{ ref('stg_products') }}
where upgrade_of_sku_id is not null and upgrade_of_sku_id <> sku_id
