{% set definition %}
code: pareto
name_en: Head and tail of the year's money
name_zh: 二八分层
population: orders_count >= 0
columns: {amount_before: "decimal(38, 4)", amount_total: "decimal(38, 4)"}
assumes:
  - orders_count >= 0
  - net_amount_365d is not null
  - net_amount_365d <= 0 or amount_before is not null and amount_total is not null
segments:
  - code: head
    name_en: Head
    name_zh: 头部客户
    when: net_amount_365d > 0 and amount_before < {{ var('pareto_share') }} * amount_total
  - code: tail
    name_en: Tail
    name_zh: 长尾客户
    when: net_amount_365d > 0 and amount_before >= {{ var('pareto_share') }} * amount_total
  - code: none
    name_en: Nothing in the trailing year
    name_zh: 近一年无贡献
    when: net_amount_365d <= 0
{% endset %}
{% set scheme = fromyaml(definition) %}
{{ config(meta={'segment_scheme': scheme}) }}

with customers as (
    select
        customer_id,
        as_of_date,
        is_current,
        orders_count,
        net_amount_365d,
        case when net_amount_365d > 0 then net_amount_365d end as counted_amount
    from {{ ref('customer_tags') }}
),

{#- The largest amount comes first, equal amounts by customer_id: the fewest customers that make the share. #}

ranked as (
    select
        *,
        case
            when counted_amount is not null
                then cast(sum(counted_amount) over (
                    partition by as_of_date order by counted_amount desc nulls last, customer_id asc nulls last
                    rows between unbounded preceding and current row
                ) - counted_amount as decimal(38, 4))
        end as amount_before,
        cast(sum(counted_amount) over (partition by as_of_date) as decimal(38, 4)) as amount_total
    from customers
)

select
    customer_id,
    as_of_date,
    is_current,
    orders_count,
    net_amount_365d,
    amount_before,
    amount_total,
    {{ segment_case(scheme) }} as segment_code,
    {{ segment_rule_hits(scheme) }} as rule_hits
from ranked
