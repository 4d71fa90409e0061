{% set definition %}
code: visit_rhythm
name_en: How often they come
name_zh: 到店节奏
population: orders_count >= 0
assumes:
  - orders_count >= 0
segments:
  - code: regular
    name_en: Comes at least five times
    name_zh: 常客
    when: orders_count >= {{ var('visits_of_a_regular') }}
  - code: passing
    name_en: Comes now and then
    name_zh: 散客
    when: orders_count > 0 and orders_count < {{ var('visits_of_a_regular') }}
  - code: looking
    name_en: Has not bought yet
    name_zh: 未购
    when: orders_count = 0
{% endset %}
{% set scheme = fromyaml(definition) %}
{{ config(meta={'segment_scheme': scheme}) }}

with customers as (
    select
        customer_id,
        as_of_date,
        is_current,
        orders_count
    from {{ ref('tagmart', 'customer_tags') }}
)

select
    *,
    {{ tagmart.segment_case(scheme) }} as segment_code,
    {{ tagmart.segment_rule_hits(scheme) }} as rule_hits
from customers
