{% set definition %}
code: core_pool
name_en: Core customer pool
name_zh: 核心客户池
population: orders_count >= 0
assumes:
  - orders_count >= 0
  - net_amount_365d is not null
segments:
  - code: core
    name_en: Core pool
    name_zh: 核心池
    when: net_amount_365d >= {{ var('core_pool_amount') }}
  - code: near
    name_en: Near the core pool
    name_zh: 准核心
    when: 2 * net_amount_365d >= {{ var('core_pool_amount') }} and net_amount_365d < {{ var('core_pool_amount') }}
  - code: other
    name_en: Other
    name_zh: 其他
    when: 2 * net_amount_365d < {{ var('core_pool_amount') }}
{% endset %}
{% set scheme = fromyaml(definition) %}
{{ config(meta={'segment_scheme': scheme}) }}

with customers as (
    select
        customer_id,
        as_of_date,
        is_current,
        orders_count,
        net_amount_365d
    from {{ ref('customer_tags') }}
)

select
    *,
    {{ segment_case(scheme) }} as segment_code,
    {{ segment_rule_hits(scheme) }} as rule_hits
from customers
