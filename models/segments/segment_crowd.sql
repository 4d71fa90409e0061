{% set components = crowd_components(['gender', 'age', 'city', 'power']) %}
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
