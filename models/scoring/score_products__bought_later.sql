with bought as (
    select * from {{ ref('score_products__bought') }}
),

dates as (
    select
        min(as_of_date) as evaluated_on,
        {{ days_after('min(as_of_date)', 30) }} as until_date
    from bought
    having min(as_of_date) < max(as_of_date)
),

known as (
    select bought.*
    from bought
    inner join dates on bought.as_of_date = dates.evaluated_on
),

refunded as (
    select
        refunds.order_id,
        sum(refunds.refund_amount) as refund_amount
    from {{ ref('int_refunds__dated') }} as refunds
    inner join dates on refunds.refunded_date <= dates.until_date
    group by refunds.order_id
),

bought_later as (
    select distinct
        orders.customer_id,
        items.sku_id
    from {{ ref('int_orders__validated') }} as orders
    inner join dates on orders.ordered_date > dates.evaluated_on and orders.ordered_date <= dates.until_date
    inner join {{ ref('int_order_items__described') }} as items on orders.order_id = items.order_id
    left join refunded on orders.order_id = refunded.order_id
    where
        orders.is_valid
        and (refunded.refund_amount is null or refunded.refund_amount <= 0 or refunded.refund_amount < orders.payable_amount)
),

scored as (
    select distinct customer_id from known
)

select
    bought_later.customer_id,
    bought_later.sku_id,
    known.sku_id is null as is_new
from bought_later
inner join scored on bought_later.customer_id = scored.customer_id
left join known on bought_later.customer_id = known.customer_id and bought_later.sku_id = known.sku_id
