{% set powers = var('crowd_power_amounts') %}
{% set components %}
- code: city
  segments:
    - {code: top_city, name_en: in a top city, name_zh: 一线, when: "city_tier in ('tier_1', 'new_tier_1')"}
    - {code: mid_city, name_en: in a middle city, name_zh: 二三线, when: "city_tier in ('tier_2', 'tier_3')"}
    - {code: small_city, name_en: in a small city, name_zh: 下沉市场, when: "city_tier not in ('tier_1', 'new_tier_1', 'tier_2', 'tier_3')"}
    - {code: any_city, name_en: of unknown city, name_zh: 未知城市, when: "city_tier is null"}
- code: power
  segments:
    - {code: high_power, name_en: high spending, name_zh: 高消费力, when: "average_order_amount >= {{ powers[0] }}"}
    - code: mid_power
      name_en: middle spending
      name_zh: 中消费力
      when: "average_order_amount >= {{ powers[1] }} and average_order_amount < {{ powers[0] }}"
    - {code: low_power, name_en: low spending, name_zh: 低消费力, when: "average_order_amount < {{ powers[1] }}"}
    - {code: no_power, name_en: no purchase yet, name_zh: 未消费, when: "average_order_amount is null"}
{% endset %}
{% set components = crowd_people() + fromyaml(components) %}
{% set definition %}
code: crowd
name_en: Crowd
name_zh: 人群
population: orders_count >= 0
assumes:
  - orders_count >= 0
segments: {{ crowd_product(components) | tojson }}
{% endset %}
{% set scheme = fromyaml(definition) %}
{{ config(meta={'segment_scheme': scheme}) }}

with customers as (
    select
        customer_id,
        as_of_date,
        is_current,
        orders_count,
        gender,
        age,
        city_tier,
        average_order_amount
    from {{ ref('customer_tags') }}
)

select
    *,
    {% for component in components -%}
        {{ segment_case(component) }} as {{ component.code }}_group,
    {% endfor -%}
    {{ crowd_case(components) }} as segment_code,
    {{ crowd_rule_hits(components) }} as rule_hits
from customers
