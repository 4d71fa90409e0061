{% set definition %}
code: price_attitude
name_en: Attitude to price
name_zh: 价格态度
population: orders_count >= 0
assumes:
  - orders_count >= 0
  - orders_count = 0 or coupon_order_share >= 0
  - orders_count = 0 or promotion_order_share >= 0
  - orders_count = 0 or new_product_order_share >= 0
segments:
  - code: not_enough_history
    name_en: Not enough history
    name_zh: 历史不足
    when: orders_count < {{ var('price_min_orders') }}
  - code: coupon_dependent
    name_en: Coupon dependent
    name_zh: 优惠券依赖
    when: orders_count >= {{ var('price_min_orders') }} and coupon_order_share >= {{ var('price_coupon_share') }}
  - code: promotion_lover
    name_en: Promotion lover
    name_zh: 促销偏好
    when: >
      orders_count >= {{ var('price_min_orders') }} and coupon_order_share < {{ var('price_coupon_share') }}
      and promotion_order_share >= {{ var('price_promotion_share') }}
  - code: new_product_lover
    name_en: New product lover
    name_zh: 新品偏好
    when: >
      orders_count >= {{ var('price_min_orders') }} and coupon_order_share < {{ var('price_coupon_share') }}
      and promotion_order_share < {{ var('price_promotion_share') }}
      and new_product_order_share >= {{ var('price_new_product_share') }}
  - code: value_seeker
    name_en: Value seeker
    name_zh: 性价比偏好
    when: >
      orders_count >= {{ var('price_min_orders') }} and coupon_order_share < {{ var('price_coupon_share') }}
      and promotion_order_share < {{ var('price_promotion_share') }}
      and new_product_order_share < {{ var('price_new_product_share') }}
      and discount_share >= {{ var('price_discount_share') }}
  - code: neutral
    name_en: Neutral
    name_zh: 中性
    when: >
      orders_count >= {{ var('price_min_orders') }} and coupon_order_share < {{ var('price_coupon_share') }}
      and promotion_order_share < {{ var('price_promotion_share') }}
      and new_product_order_share < {{ var('price_new_product_share') }}
      and (discount_share is null or discount_share < {{ var('price_discount_share') }})
{% endset %}
{% set scheme = fromyaml(definition) %}
{{ config(meta={'segment_scheme': scheme}) }}

with customers as (
    select
        customer_id,
        as_of_date,
        is_current,
        orders_count,
        coupon_order_share,
        promotion_order_share,
        new_product_order_share,
        discount_share
    from {{ ref('customer_tags') }}
)

select
    *,
    {{ segment_case(scheme) }} as segment_code,
    {{ segment_rule_hits(scheme) }} as rule_hits
from customers
