{% set definition %}
code: activity
name_en: Activity in the community
name_zh: 活跃度分层
population: orders_count >= 0
assumes:
  - orders_count >= 0
  - active_days_30d >= 0
  - active_days_30d = 0 or days_since_last_active is not null
segments:
  - code: star
    name_en: Star
    name_zh: 高活跃
    when: active_days_30d >= {{ var('activity_star_days') }}
  - code: active
    name_en: Active
    name_zh: 活跃
    when: active_days_30d >= {{ var('activity_active_days') }} and active_days_30d < {{ var('activity_star_days') }}
  - code: occasional
    name_en: Occasional
    name_zh: 偶尔活跃
    when: active_days_30d > 0 and active_days_30d < {{ var('activity_active_days') }}
  - code: quiet
    name_en: Quiet
    name_zh: 沉默
    when: active_days_30d = 0 and days_since_last_active <= {{ var('activity_asleep_days') }}
  - code: asleep
    name_en: Asleep
    name_zh: 沉睡
    when: active_days_30d = 0 and days_since_last_active > {{ var('activity_asleep_days') }}
  - code: never_active
    name_en: Never active
    name_zh: 从未活跃
    when: days_since_last_active is null
{% endset %}
{% set scheme = fromyaml(definition) %}
{{ config(meta={'segment_scheme': scheme}) }}

with customers as (
    select
        customer_id,
        as_of_date,
        is_current,
        orders_count,
        active_days_30d,
        days_since_last_active
    from {{ ref('customer_tags') }}
)

select
    *,
    {{ segment_case(scheme) }} as segment_code,
    {{ segment_rule_hits(scheme) }} as rule_hits
from customers
