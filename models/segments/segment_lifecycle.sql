{% set definition %}
code: lifecycle
name_en: Lifecycle stage
name_zh: 生命周期阶段
population: orders_count >= 0
inputs: rhythm_days is {{ var('lifecycle_usual_rhythm_days') }} where the customer has no rhythm of their own
columns: {rhythm_days: double}
assumes:
  - orders_count >= 0
  - active_days_7d >= 0
  - active_days_15d >= active_days_7d
  - rhythm_days is not null
  - orders_count = 0 or days_since_last_order >= 0
  - orders_count = 0 or days_since_last_active >= 0
segments:
  - code: lead
    name_en: Lead, never bought
    name_zh: 潜客
    when: orders_count = 0
  - code: newbie
    name_en: Newbie
    name_zh: 新手期
    when: >
      orders_count = 1 and active_days_7d < {{ var('lifecycle_growing_active_days') }}
      and days_since_last_active <= {{ var('lost_after_days') }}
      and (active_days_15d > 0 or days_since_last_order <= {{ var('lifecycle_overdue_multiple') }} * rhythm_days)
  - code: growing
    name_en: Growing
    name_zh: 成长期
    when: >
      (
        orders_count = 1 and active_days_7d >= {{ var('lifecycle_growing_active_days') }}
        or orders_count > 1 and orders_count < {{ var('lifecycle_mature_orders') }}
      )
      and days_since_last_active <= {{ var('lost_after_days') }}
      and (active_days_15d > 0 or days_since_last_order <= {{ var('lifecycle_overdue_multiple') }} * rhythm_days)
  - code: mature
    name_en: Mature
    name_zh: 成熟期
    when: >
      orders_count >= {{ var('lifecycle_mature_orders') }}
      and days_since_last_active <= {{ var('lost_after_days') }}
      and (active_days_15d > 0 or days_since_last_order <= {{ var('lifecycle_overdue_multiple') }} * rhythm_days)
  - code: declining
    name_en: Declining
    name_zh: 衰退期
    when: >
      orders_count > 0 and days_since_last_active <= {{ var('lost_after_days') }}
      and active_days_15d = 0 and days_since_last_order > {{ var('lifecycle_overdue_multiple') }} * rhythm_days
  - code: lost
    name_en: Lost
    name_zh: 流失
    when: orders_count > 0 and days_since_last_active > {{ var('lost_after_days') }}
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
        days_since_last_active,
        active_days_7d,
        active_days_15d,
        coalesce(median_days_between_orders, {{ var('lifecycle_usual_rhythm_days') }}) as rhythm_days
    from {{ ref('customer_tags') }}
)

select
    *,
    {{ segment_case(scheme) }} as segment_code,
    {{ segment_rule_hits(scheme) }} as rule_hits
from customers
