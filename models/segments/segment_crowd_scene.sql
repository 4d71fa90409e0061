{% set components = crowd_components(['gender', 'age', 'scene']) %}
{% set definition %}
code: crowd_scene
name_en: Crowd and scene
name_zh: 人群场景
population: orders_count >= 0
columns: {scene: text}
assumes:
  - orders_count >= 0
segments: {{ crowd_product(components) | tojson }}
{% endset %}
{% set scheme = fromyaml(definition) %}
{{ config(meta={'segment_scheme': scheme}) }}

with customers as (
    select
        tags.customer_id,
        tags.as_of_date,
        tags.is_current,
        tags.orders_count,
        tags.gender,
        tags.age,
        scenes.scene
    from {{ ref('customer_tags') }} as tags
    left join {{ ref('int_scenes__measured') }} as scenes
        on tags.customer_id = scenes.customer_id and tags.as_of_date = scenes.as_of_date
)

select
    *,
    {% for component in components -%}
        {{ segment_case(component) }} as {{ component.code }}_group,
    {% endfor -%}
    {{ crowd_case(components) }} as segment_code,
    {{ crowd_rule_hits(components) }} as rule_hits
from customers
