{#- The parts that crowds are made of: each a small scheme of its own, complete and exclusive by itself. -#}
{% macro crowd_components(codes) %}
    {% set ages = var('crowd_ages') %}
    {% set powers = var('crowd_power_amounts') %}
    {% set parts %}
gender:
  - {code: female, name_en: women, name_zh: 女性, when: "gender = 'female'"}
  - {code: male, name_en: men, name_zh: 男性, when: "gender = 'male'"}
  - {code: any_gender, name_en: people, name_zh: 未知性别, when: "gender is null or gender not in ('female', 'male')"}
age:
  - {code: under_{{ ages[0] }}, name_en: "under {{ ages[0] }}", name_zh: {{ ages[0] }}岁以下, when: "age < {{ ages[0] }}"}
  - code: {{ ages[0] }}_to_{{ ages[1] - 1 }}
    name_en: "{{ ages[0] }} to {{ ages[1] - 1 }}"
    name_zh: {{ ages[0] }}-{{ ages[1] - 1 }}岁
    when: "age >= {{ ages[0] }} and age < {{ ages[1] }}"
  - {code: {{ ages[1] }}_plus, name_en: "{{ ages[1] }} and over", name_zh: {{ ages[1] }}岁及以上, when: "age >= {{ ages[1] }}"}
  - {code: any_age, name_en: of unknown age, name_zh: 未知年龄, when: "age is null"}
city:
  - {code: top_city, name_en: in a top city, name_zh: 一线, when: "city_tier in ('tier_1', 'new_tier_1')"}
  - {code: mid_city, name_en: in a middle city, name_zh: 二三线, when: "city_tier in ('tier_2', 'tier_3')"}
  - {code: small_city, name_en: in a small city, name_zh: 下沉市场, when: "city_tier not in ('tier_1', 'new_tier_1', 'tier_2', 'tier_3')"}
  - {code: any_city, name_en: of unknown city, name_zh: 未知城市, when: "city_tier is null"}
power:
  - {code: high_power, name_en: high spending, name_zh: 高消费力, when: "average_order_amount >= {{ powers[0] }}"}
  - code: mid_power
    name_en: middle spending
    name_zh: 中消费力
    when: "average_order_amount >= {{ powers[1] }} and average_order_amount < {{ powers[0] }}"
  - {code: low_power, name_en: low spending, name_zh: 低消费力, when: "average_order_amount < {{ powers[1] }}"}
  - {code: no_power, name_en: no purchase yet, name_zh: 未消费, when: "average_order_amount is null"}
scene:
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
    {% set parts, chosen = fromyaml(parts), [] %}
    {% for code in codes %}{% do chosen.append({'code': code, 'segments': parts[code]}) %}{% endfor %}
    {{ return(chosen) }}
{% endmacro %}
