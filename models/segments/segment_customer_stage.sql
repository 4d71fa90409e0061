{% set definition %}
code: customer_stage
name_en: New and old customers
name_zh: 新老客阶段
population: orders_count >= 0
columns: {intent_count_30d: bigint, advocacy_count: bigint}
assumes:
  - orders_count >= 0
  - is_wecom_contact is not null
  - active_days_30d >= 0
  - active_days_30d = 0 or days_since_last_active is not null
  - intent_count_30d >= 0
  - advocacy_count >= 0
  - orders_count = 0 or days_since_first_order is not null and days_since_last_active is not null
segments:
  - code: acquire
    name_en: Acquire
    name_zh: 获客
    when: orders_count = 0 and not is_wecom_contact and registered_date is null and days_since_last_active is null
  - code: activate
    name_en: Activate
    name_zh: 激活
    when: >
      orders_count = 0 and (is_wecom_contact or registered_date is not null or days_since_last_active is not null)
      and active_days_30d = 0
  - code: educate
    name_en: Educate
    name_zh: 培育
    when: orders_count = 0 and active_days_30d > 0 and intent_count_30d = 0
  - code: convert
    name_en: Convert
    name_zh: 转化
    when: orders_count = 0 and active_days_30d > 0 and intent_count_30d > 0
  - code: retain
    name_en: Retain
    name_zh: 留存
    when: orders_count = 1 and days_since_first_order <= {{ var('new_customer_days') }}
  - code: maintain
    name_en: Maintain
    name_zh: 维系
    when: >
      (orders_count > 1 or orders_count = 1 and days_since_first_order > {{ var('new_customer_days') }})
      and days_since_last_active <= {{ var('stage_silent_days') }} and advocacy_count = 0
  - code: reactivate
    name_en: Reactivate
    name_zh: 唤醒
    when: >
      (orders_count > 1 or orders_count = 1 and days_since_first_order > {{ var('new_customer_days') }})
      and days_since_last_active > {{ var('stage_silent_days') }}
  - code: advocate
    name_en: Advocate
    name_zh: 推荐
    when: >
      (orders_count > 1 or orders_count = 1 and days_since_first_order > {{ var('new_customer_days') }})
      and days_since_last_active <= {{ var('stage_silent_days') }} and advocacy_count > 0
{% endset %}
{% set scheme = fromyaml(definition) %}
{{ config(meta={'segment_scheme': scheme}) }}

with customers as (
    select
        customer_id,
        as_of_date,
        is_current,
        orders_count,
        days_since_first_order,
        days_since_last_active,
        active_days_30d,
        is_wecom_contact,
        registered_date,
        product_views_30d + carts_30d + favourites_30d + coupons_claimed_30d as intent_count_30d,
        reviews_count + shares_count + referrals_count + ugc_count as advocacy_count
    from {{ ref('customer_tags') }}
)

select
    *,
    {{ segment_case(scheme) }} as segment_code,
    {{ segment_rule_hits(scheme) }} as rule_hits
from customers
