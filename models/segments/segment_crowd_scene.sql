{% set components %}
- code: scene
  segments:
    - {code: commute, name_en: commuting, name_zh: 通勤, when: "scene = 'commute'"}
    - {code: work, name_en: at work, name_zh: 工作, when: "scene = 'work'"}
    - {code: lunch, name_en: at lunch, name_zh: 午休, when: "scene = 'lunch'"}
    - {code: after_sport, name_en: after sport, name_zh: 运动后, when: "scene = 'after_sport'"}
    - {code: evening, name_en: in the evening, name_zh: 晚间, when: "scene = 'evening'"}
    - {code: night, name_en: at night, name_zh: 深夜, when: "scene = 'night'"}
    - {code: weekend_family, name_en: at the family weekend, name_zh: 周末家庭, when: "scene = 'weekend_family'"}
    - {code: travel, name_en: travelling, name_zh: 出行, when: "scene = 'travel'"}
    - code: other_scene
      name_en: in another scene
      name_zh: 其他场景
      when: "scene not in ('commute', 'work', 'lunch', 'after_sport', 'evening', 'night', 'weekend_family', 'travel')"
    - {code: no_scene, name_en: never active, name_zh: 无场景, when: "scene is null"}
{% endset %}
{% set components = crowd_people() + fromyaml(components) %}
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
