{% set labels = {
    'ecommerce': {'high': ['High value', '高价值'], 'medium': ['Medium value', '中价值'], 'low': ['Low value', '低价值']},
    'finance': {'high': ['Low risk', '低风险'], 'medium': ['Medium risk', '中风险'], 'low': ['High risk', '高风险']},
    'travel': {'high': ['Frequent traveller', '常旅客'], 'medium': ['Occasional traveller', '偶发旅客'], 'low': ['Potential traveller', '潜在旅客']},
}[var('industry')] %}
{% set definition %}
code: value_level
name_en: Value level
name_zh: 价值等级
population: orders_count >= 0
inputs: >
  {{ rfm_inputs() }}
columns: {total_score: integer}
reasons: [recency_score, frequency_score, monetary_score]
assumes:
  - orders_count >= 0
  - (orders_count = 0) = (total_score is null)
segments:
  - code: high
    name_en: {{ labels.high[0] }}
    name_zh: {{ labels.high[1] }}
    when: total_score >= {{ var('value_high_score') }}
  - code: medium
    name_en: {{ labels.medium[0] }}
    name_zh: {{ labels.medium[1] }}
    when: total_score >= {{ var('value_medium_score') }} and total_score < {{ var('value_high_score') }}
  - code: low
    name_en: {{ labels.low[0] }}
    name_zh: {{ labels.low[1] }}
    when: total_score < {{ var('value_medium_score') }}
  - code: none
    name_en: No value yet, never bought
    name_zh: 未购
    when: orders_count = 0
{% endset %}
{% set scheme = fromyaml(definition) %}
{{ config(meta={'segment_scheme': scheme}) }}

with scored as (
    select
        customer_id,
        as_of_date,
        is_current,
        orders_count,
        recency_score,
        frequency_score,
        monetary_score,
        recency_score + frequency_score + monetary_score as total_score
    from {{ ref('segment_rfm') }}
)

select
    *,
    {{ segment_case(scheme) }} as segment_code,
    {{ segment_rule_hits(scheme) }} as rule_hits
from scored
