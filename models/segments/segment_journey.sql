{% set definition %}
code: journey
name_en: Key node of the journey
name_zh: 关键旅程节点
population: orders_count >= 0
columns: {amount_top_percent: integer, intent_count_30d: bigint}
reasons: [net_amount]
assumes:
  - orders_count >= 0
  - (orders_count = 0) = (amount_top_percent is null)
  - net_amount is not null
  - intent_count_30d >= 0
{% if var('journey_preset') == 'ecommerce' -%}
segments:
  - {code: new_entrant, name_en: New entrant, name_zh: 新进粉, when: orders_count = 0}
  - code: first_purchase
    name_en: First purchase
    name_zh: 首购
    when: orders_count = 1 and amount_top_percent > {{ var('journey_super_user_percent') }}
  - code: repurchase_1
    name_en: First repurchase
    name_zh: 一次复购
    when: orders_count = 2 and amount_top_percent > {{ var('journey_super_user_percent') }}
  - code: repurchase_2
    name_en: Second repurchase
    name_zh: 二次复购
    when: orders_count = 3 and amount_top_percent > {{ var('journey_super_user_percent') }}
  - code: repurchase_3_plus
    name_en: Third repurchase or later
    name_zh: 三次及以上复购
    when: orders_count >= 4 and amount_top_percent > {{ var('journey_super_user_percent') }}
  - code: super_user
    name_en: Super user
    name_zh: 超级用户
    when: amount_top_percent <= {{ var('journey_super_user_percent') }}
{%- elif var('journey_preset') == 'education' -%}
segments:
  - {code: trial, name_en: Trial, name_zh: 试听, when: orders_count = 0}
  - code: experience
    name_en: Experience course
    name_zh: 体验课
    when: orders_count > 0 and net_amount < {{ var('journey_formal_course_amount') }}
  - code: formal_course
    name_en: Formal course
    name_zh: 正价课
    when: >
      orders_count > 0 and net_amount >= {{ var('journey_formal_course_amount') }}
      and net_amount < {{ var('journey_upsell_course_amount') }}
  - code: upsell_course
    name_en: Upsell course
    name_zh: 扩科升单
    when: orders_count > 0 and net_amount >= {{ var('journey_upsell_course_amount') }}
{%- else -%}
segments:
  - code: stranger
    name_en: Stranger
    name_zh: 陌生客户
    when: orders_count = 0 and intent_count_30d = 0 and first_touch_date is null
  - code: potential
    name_en: Potential
    name_zh: 潜在客户
    when: orders_count = 0 and intent_count_30d = 0 and first_touch_date is not null
  - {code: intent, name_en: Intent, name_zh: 意向客户, when: orders_count = 0 and intent_count_30d > 0}
  - code: ordered
    name_en: Ordered
    name_zh: 成交客户
    when: orders_count = 1 and amount_top_percent > {{ var('journey_super_user_percent') }}
  - code: repurchased
    name_en: Repurchased
    name_zh: 复购客户
    when: orders_count > 1 and amount_top_percent > {{ var('journey_super_user_percent') }}
  - code: super_user
    name_en: Super user
    name_zh: 超级用户
    when: amount_top_percent <= {{ var('journey_super_user_percent') }}
{%- endif %}
{% endset %}
{% set scheme = fromyaml(definition) %}
{{ config(meta={'segment_scheme': scheme}) }}

with customers as (
    select
        customer_id,
        as_of_date,
        is_current,
        orders_count,
        repurchase_count,
        net_amount,
        first_touch_date,
        product_views_30d + carts_30d + favourites_30d + coupons_claimed_30d as intent_count_30d,
        row_number() over (partition by as_of_date, orders_count > 0 order by net_amount desc nulls last, customer_id asc nulls last) as amount_place,
        row_number() over (partition by as_of_date, orders_count > 0 order by repurchase_count desc nulls last, customer_id asc nulls last) as repurchase_place,
        count(*) over (partition by as_of_date, orders_count > 0) as buyers_count
    from {{ ref('customer_tags') }}
),

{#- Rounded up, so that the top N % are at most N % of the buyers: nobody of fewer than 100 / N. #}

placed as (
    select
        customer_id,
        as_of_date,
        is_current,
        orders_count,
        repurchase_count,
        net_amount,
        first_touch_date,
        intent_count_30d,
        case when orders_count > 0 then cast(ceil(cast(100 * amount_place as double) / buyers_count) as integer) end as amount_top_percent,
        case when orders_count > 0 then cast(ceil(cast(100 * repurchase_place as double) / buyers_count) as integer) end as repurchase_top_percent
    from customers
)

select
    *,
    repurchase_count > 0 and repurchase_top_percent <= {{ var('journey_key_care_percent') }} as is_key_care,
    {{ segment_case(scheme) }} as segment_code,
    {{ segment_rule_hits(scheme) }} as rule_hits
from placed
