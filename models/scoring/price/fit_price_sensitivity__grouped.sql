with buyers as (
    select
        as_of_date,
        orders_count,
        coupon_orders_count,
        promotion_orders_count
    from {{ ref('int_orders__measured') }}
    where orders_count > 0
)

select
    as_of_date,
    'coupon' as share_kind,
    orders_count,
    coupon_orders_count as with_count,
    count(*) as customers_count
from buyers
group by as_of_date, orders_count, coupon_orders_count
union all
select
    as_of_date,
    'promotion' as share_kind,
    orders_count,
    promotion_orders_count as with_count,
    count(*) as customers_count
from buyers
group by as_of_date, orders_count, promotion_orders_count
