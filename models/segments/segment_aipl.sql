{% set definition %}
code: aipl
name_en: AIPL stage
name_zh: AIPL 人群
population: orders_count >= 0
columns:
  days_since_previous_order: integer
  days_since_passive_touch: integer
  days_since_active_touch: integer
  days_since_contact_added: integer
  days_since_advocacy: integer
assumes:
  - orders_count >= 0
  - days_since_last_order is null or days_since_last_order >= 0
  - days_since_previous_order is null or days_since_previous_order > days_since_last_order
segments:
  - code: loyal
    name_en: Loyal
    name_zh: 忠诚
    when: >
      days_since_last_order < {{ var('aipl_purchase_days') }}
      and (days_since_previous_order < {{ var('aipl_loyal_days') }} or days_since_advocacy < {{ var('aipl_loyal_days') }})
  - code: purchased
    name_en: Purchased
    name_zh: 购买
    when: >
      days_since_last_order < {{ var('aipl_purchase_days') }}
      and (days_since_previous_order is null or days_since_previous_order >= {{ var('aipl_loyal_days') }})
      and (days_since_advocacy is null or days_since_advocacy >= {{ var('aipl_loyal_days') }})
  - code: interested
    name_en: Interested
    name_zh: 兴趣
    when: >
      (days_since_last_order is null or days_since_last_order >= {{ var('aipl_purchase_days') }})
      and (days_since_active_touch < {{ var('aipl_touch_days') }} or days_since_advocacy < {{ var('aipl_touch_days') }})
  - code: aware
    name_en: Aware
    name_zh: 认知
    when: >
      (days_since_last_order is null or days_since_last_order >= {{ var('aipl_purchase_days') }})
      and (days_since_active_touch is null or days_since_active_touch >= {{ var('aipl_touch_days') }})
      and (days_since_advocacy is null or days_since_advocacy >= {{ var('aipl_touch_days') }})
      and (days_since_passive_touch < {{ var('aipl_touch_days') }} or days_since_contact_added < {{ var('aipl_touch_days') }})
  - code: unreached
    name_en: Unreached
    name_zh: 未触达
    when: >
      (days_since_last_order is null or days_since_last_order >= {{ var('aipl_purchase_days') }})
      and (days_since_active_touch is null or days_since_active_touch >= {{ var('aipl_touch_days') }})
      and (days_since_advocacy is null or days_since_advocacy >= {{ var('aipl_touch_days') }})
      and (days_since_passive_touch is null or days_since_passive_touch >= {{ var('aipl_touch_days') }})
      and (days_since_contact_added is null or days_since_contact_added >= {{ var('aipl_touch_days') }})
{% endset %}
{% set scheme = fromyaml(definition) %}
{{ config(meta={'segment_scheme': scheme}) }}

with customers as (
    select
        customer_id,
        as_of_date,
        is_current,
        orders_count,
        days_since_last_order,
        {{ dbt.datediff('previous_order_date', 'as_of_date', 'day') }} as days_since_previous_order,
        {{ dbt.datediff('last_passive_touch_date', 'as_of_date', 'day') }} as days_since_passive_touch,
        {{ dbt.datediff('last_active_touch_date', 'as_of_date', 'day') }} as days_since_active_touch,
        {{ dbt.datediff('wecom_added_date', 'as_of_date', 'day') }} as days_since_contact_added,
        {{ dbt.datediff('last_advocacy_date', 'as_of_date', 'day') }} as days_since_advocacy
    from {{ ref('customer_tags') }}
)

select
    *,
    {{ segment_case(scheme) }} as segment_code,
    {{ segment_rule_hits(scheme) }} as rule_hits
from customers
