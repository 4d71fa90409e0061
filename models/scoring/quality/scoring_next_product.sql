{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_changed_verdicts() }}"
) }}

with evaluated as (
    select * from {{ ref('scoring_next_product__evaluated') }}
),

kinds as (
    select 'habit' as kind
    union all
    select 'novel' as kind
),

latest as (
    select
        dates.as_of_date,
        kinds.kind,
        dates.evaluated_on
    from {{ ref('score_products__dates') }} as dates
    cross join kinds
)

select
    latest.as_of_date,
    latest.kind,
    latest.evaluated_on,
    coalesce(evaluated.customers_count, 0) as customers_count,
    evaluated.hit_rate,
    sqrt(evaluated.hit_rate * (1 - evaluated.hit_rate) / nullif(evaluated.customers_count, 0)) as hit_rate_se,
    evaluated.popularity_hit_rate,
    sqrt(evaluated.popularity_hit_rate * (1 - evaluated.popularity_hit_rate) / nullif(evaluated.customers_count, 0)) as popularity_hit_rate_se,
    evaluated.own_frequency_hit_rate,
    evaluated.product_coverage,
    case
        when evaluated.customers_count is null or evaluated.customers_count < 200 then 'not_enough_data'
        when evaluated.hit_rate > evaluated.popularity_hit_rate then 'use'
        else 'use_with_care'
    end as verdict
from latest
left join evaluated on latest.evaluated_on = evaluated.evaluated_on and latest.kind = evaluated.kind
