with orders as (
    select * from {{ ref('int_orders__validated') }}
    where is_valid
),

purchases as (
    select
        order_id,
        net_amount
    from {{ ref('purchase_amounts') }}
),

{#- The class that a month closes with is that of its orders, as in gmv_bridge. #}

months as (
    select
        cast({{ dbt.date_trunc('month', 'as_of_date') }} as date) as month_date,
        max(as_of_date) as as_of_date
    from {{ ref('int_as_of_dates') }}
    group by 1
),

{#- Anonymous orders stay out of the window: they would be one partition of millions. #}

numbered as (
    select
        purchases.order_id,
        row_number() over (partition by orders.customer_id order by orders.ordered_at nulls last, orders.order_id nulls last) as purchase_number
    from purchases
    inner join orders on purchases.order_id = orders.order_id
    where orders.customer_id is not null
),

placed as (
    select
        orders.*,
        months.as_of_date,
        purchases.order_id is not null as is_purchase,
        cast(coalesce(purchases.net_amount, 0) as decimal(18, 4)) as order_net_amount,
        numbered.purchase_number
    from orders
    left join purchases on orders.order_id = purchases.order_id
    left join numbered on orders.order_id = numbered.order_id
    left join months on cast({{ dbt.date_trunc('month', 'orders.ordered_date') }} as date) = months.month_date
)

select
    order_id,
    customer_id,
    ordered_date,
    as_of_date,
    channel,
    campaign_id,
    customer_id is null as is_anonymous,
    is_purchase,
    coalesce(purchase_number = 1, false) as is_first_purchase,
    is_coupon_order,
    is_promotion_order,
    order_amount,
    reduction_amount,
    payable_amount,
    cast(payable_amount - order_net_amount as decimal(18, 4)) as refund_amount,
    order_net_amount
from placed
