{% set definition %}
code: rfm
name_en: RFM value
name_zh: RFM 价值分层
population: orders_count >= 0
inputs: >
  {{ rfm_inputs() }}
columns: {is_recency_high: boolean, is_frequency_high: boolean, is_monetary_high: boolean}
reasons: [recency_days, frequency, monetary]
assumes:
  - orders_count >= 0
  - (orders_count = 0) = (is_recency_high is null)
  - (orders_count = 0) = (is_frequency_high is null)
  - (orders_count = 0) = (is_monetary_high is null)
segments:
  - code: important_value
    name_en: Important, to value
    name_zh: 重要价值
    when: is_recency_high and is_frequency_high and is_monetary_high
  - code: important_keep
    name_en: Important, to keep
    name_zh: 重要保持
    when: not is_recency_high and is_frequency_high and is_monetary_high
  - code: important_develop
    name_en: Important, to develop
    name_zh: 重要发展
    when: is_recency_high and not is_frequency_high and is_monetary_high
  - code: important_win_back
    name_en: Important, to win back
    name_zh: 重要挽留
    when: not is_recency_high and not is_frequency_high and is_monetary_high
  - code: general_value
    name_en: General, to value
    name_zh: 一般价值
    when: is_recency_high and is_frequency_high and not is_monetary_high
  - code: general_keep
    name_en: General, to keep
    name_zh: 一般保持
    when: not is_recency_high and is_frequency_high and not is_monetary_high
  - code: general_develop
    name_en: General, to develop
    name_zh: 一般发展
    when: is_recency_high and not is_frequency_high and not is_monetary_high
  - code: general_win_back
    name_en: General, to win back
    name_zh: 一般挽留
    when: not is_recency_high and not is_frequency_high and not is_monetary_high
  - code: prospect
    name_en: Prospect, never bought
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
        orders_count,
        days_since_last_order as recency_days,
        orders_count_{{ var('rfm_window_days') }}d as frequency,
        net_amount_{{ var('rfm_window_days') }}d as monetary
    from {{ ref('customer_tags') }}
),

scored as (
    select
        *,
        case
            when orders_count > 0 then {{ rfm_score('recency_days', '<=', var('rfm_recency_days'), 'as_of_date, orders_count > 0') }}
        end as recency_score,
        case
            when frequency > 0 then {{ rfm_score('frequency', '>=', var('rfm_frequency_orders'), 'as_of_date, frequency > 0') }}
            when orders_count > 0 then 1
        end as frequency_score,
        case
            when frequency > 0 then {{ rfm_score('monetary', '>=', var('rfm_monetary_amounts'), 'as_of_date, frequency > 0') }}
            when orders_count > 0 then 1
        end as monetary_score
    from customers
),

compared as (
    select
        *,
        case when orders_count > 0 then {{ is_high('recency_score') }} end as is_recency_high,
        case when orders_count > 0 then {{ is_high('frequency_score') }} end as is_frequency_high,
        case when orders_count > 0 then {{ is_high('monetary_score') }} end as is_monetary_high
    from scored
    window buyers_of_date as (partition by as_of_date, orders_count > 0)
)

select
    *,
    {{ segment_case(scheme) }} as segment_code,
    {{ segment_rule_hits(scheme) }} as rule_hits
from compared
