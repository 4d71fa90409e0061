{#- The parts that both crowd schemes are made of: each a small scheme of its own, complete and exclusive by itself. -#}
{% macro crowd_people() %}
    {% set ages = var('crowd_ages') %}
    {% set components %}
- code: gender
  segments:
    - {code: female, name_en: women, name_zh: 女性, when: "gender = 'female'"}
    - {code: male, name_en: men, name_zh: 男性, when: "gender = 'male'"}
    - {code: any_gender, name_en: people, name_zh: 未知性别, when: "gender is null or gender not in ('female', 'male')"}
- code: age
  segments:
    - {code: under_{{ ages[0] }}, name_en: "under {{ ages[0] }}", name_zh: {{ ages[0] }}岁以下, when: "age < {{ ages[0] }}"}
    - code: {{ ages[0] }}_to_{{ ages[1] - 1 }}
      name_en: "{{ ages[0] }} to {{ ages[1] - 1 }}"
      name_zh: {{ ages[0] }}-{{ ages[1] - 1 }}岁
      when: "age >= {{ ages[0] }} and age < {{ ages[1] }}"
    - {code: {{ ages[1] }}_plus, name_en: "{{ ages[1] }} and over", name_zh: {{ ages[1] }}岁及以上, when: "age >= {{ ages[1] }}"}
    - {code: any_age, name_en: of unknown age, name_zh: 未知年龄, when: "age is null"}
    {% endset %}
    {{ return(fromyaml(components)) }}
{% endmacro %}
