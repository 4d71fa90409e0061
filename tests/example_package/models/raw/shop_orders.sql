{# The till's words become Tagmart's: a model may name and type columns as it likes, as long as they mean what the contract says. #}
select
    receipt_no as order_id,
    member_no as customer_id,
    rung_up_at as ordered_at,
    case when state <> 'void' then rung_up_at end as paid_at,
    case state when 'sold' then 'completed' when 'brought_back' then 'refunded' when 'void' then 'cancelled' end as status,
    case sold_over when 'counter' then 'store' else 'other' end as channel,
    cast(goods_cents as decimal(18, 2)) / 100 as order_amount,
    cast(reduction_cents as decimal(18, 2)) / 100 as discount_amount,
    'CNY' as currency
from {{ ref('till_receipts') }}
