select
    ordered_date,
    undone_date,
    {{ hash_sum(['buyer_number', 'sku_id', 'ordered_date']) }} as purchases_hash
from {{ ref('score_products__purchase_days') }}
group by ordered_date, undone_date
