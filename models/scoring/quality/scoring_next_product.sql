{#- Forgotten before: the verdicts at the dates that are chosen for; an earlier one stays as long as its offers. -#}
{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="
    {% if is_incremental() or not execute %}
        {% set are_open %}
            as_of_date in (select as_of_date from {{ ref('score_products__dates') }})
            or not coalesce(as_of_date in (select as_of_date from {{ ref('score_next_product') }}), false)
        {% endset %}
        {{ forget_rows(are_open) }}
    {% endif %}
") }}

with chosen as (
    select * from {{ ref('scoring_next_product__chosen') }}
),

evaluated as (
    select * from {{ ref('scoring_next_product__evaluated') }}
),

own_frequency as (
    select * from evaluated
    where model_name = 'own_frequency'
),

judged as (
    select
        chosen.*,
        coalesce(evaluated.customers_count, 0) as customers_count,
        evaluated.product_coverage,
        cast(evaluated.hits_count as double) / nullif(evaluated.customers_count, 0) as hit_rate,
        cast(evaluated.popularity_hits_count as double) / nullif(evaluated.customers_count, 0) as popularity_hit_rate,
        cast(own_frequency.hits_count as double) / nullif(own_frequency.customers_count, 0) as own_frequency_hit_rate,
        cast(evaluated.won_count - evaluated.lost_count as double) / nullif(evaluated.customers_count, 0) as lead_over_popularity,
        cast(evaluated.won_count + evaluated.lost_count as double) / nullif(evaluated.customers_count, 0) as disagreement
    from chosen
    left join evaluated
        on chosen.evaluated_on = evaluated.evaluated_on and chosen.kind = evaluated.kind and chosen.model_name = evaluated.model_name
    left join own_frequency on chosen.evaluated_on = own_frequency.evaluated_on and chosen.kind = own_frequency.kind
),

{# The same customers are asked about both, so the error of the difference counts only those about whom they disagree. #}
with_errors as (
    select
        *,
        sqrt(hit_rate * (1 - hit_rate) / nullif(customers_count, 0)) as hit_rate_se,
        sqrt(popularity_hit_rate * (1 - popularity_hit_rate) / nullif(customers_count, 0)) as popularity_hit_rate_se,
        sqrt((disagreement - lead_over_popularity * lead_over_popularity) / nullif(customers_count, 0)) as lead_over_popularity_se
    from judged
)

select
    as_of_date,
    kind,
    model_name,
    evaluated_on,
    customers_count,
    hit_rate,
    hit_rate_se,
    popularity_hit_rate,
    popularity_hit_rate_se,
    lead_over_popularity,
    lead_over_popularity_se,
    own_frequency_hit_rate,
    product_coverage,
    case
        when not is_enough then 'not_enough_data'
        when lead_over_popularity <= 0 then 'not_better_than_popularity'
        when lead_over_popularity <= lead_over_popularity_se then 'use_with_care'
        else 'use'
    end as verdict
from with_errors
