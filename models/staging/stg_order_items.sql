with checked as (
    select * from {{ ref('stg_order_items__checked') }}
)

select
    order_id,
    line_no,
    sku_id,
    quantity,
    unit_price,
    discount_amount
from checked
where verdict is null
