with checked as (
    select * from {{ ref('stg_refunds__checked') }}
)

select
    refund_id,
    order_id,
    refunded_at,
    event_date as refunded_date,
    refund_amount,
    shipping_refund_amount
from checked
where verdict is null
