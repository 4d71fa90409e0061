with buyers as (
    select
        customer_id,
        as_of_date,
        orders_count,
        coupon_orders_count,
        promotion_orders_count
    from {{ ref('int_orders__measured') }}
    where orders_count > 0
),

coupon_fits as (
    select * from {{ ref('fit_price_sensitivity') }}
    where share_kind = 'coupon'
),

promotion_fits as (
    select * from {{ ref('fit_price_sensitivity') }}
    where share_kind = 'promotion'
)

select
    buyers.customer_id,
    buyers.as_of_date,
    (coupon_fits.a + buyers.coupon_orders_count) / (coupon_fits.a + coupon_fits.b + buyers.orders_count) as price_sensitivity,
    (promotion_fits.a + buyers.promotion_orders_count) / (promotion_fits.a + promotion_fits.b + buyers.orders_count) as promotion_sensitivity,
    buyers.orders_count,
    buyers.coupon_orders_count,
    buyers.promotion_orders_count,
    coupon_fits.a / (coupon_fits.a + coupon_fits.b) as everybodys_coupon_share,
    'beta_binomial' as model_name,
    coupon_fits.fit_id,
    case when coupon_fits.a is null then 'coupons_' || coalesce(coupon_fits.status, 'too_little_data') end as null_reason,
    case
        when promotion_fits.a is null then 'promotions_' || coalesce(promotion_fits.status, 'too_little_data')
    end as promotion_null_reason
from buyers
left join coupon_fits on buyers.as_of_date = coupon_fits.as_of_date
left join promotion_fits on buyers.as_of_date = promotion_fits.as_of_date
