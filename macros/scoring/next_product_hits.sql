{#-
  The end of scoring_next_product: hit@10 of each kind and method at each evaluated date, and the verdict of each as-of date,
  from its CTEs kinds, judged (as_of_date, kind, evaluated_on or null), truth, asked and offered.
-#}
{% macro next_product_hits() %}
hits as (
    select
        asked.evaluated_on,
        asked.customer_id,
        offered.kind,
        offered.chooser,
        max(case when truth.sku_id is not null and (offered.kind = 'habit' or truth.is_new) then 1 else 0 end) as is_hit
    from asked
    inner join offered on asked.evaluated_on = offered.evaluated_on and asked.customer_id = offered.customer_id
    left join truth
        on
            offered.evaluated_on = truth.evaluated_on
            and offered.customer_id = truth.customer_id
            and offered.sku_id = truth.sku_id
    where offered.kind = 'habit' or asked.has_new
    group by asked.evaluated_on, asked.customer_id, offered.kind, offered.chooser
),

{# Who is offered nothing is asked too, and missed. #}
questions as (
    select
        asked.evaluated_on,
        kinds.kind,
        cast(count(*) as double) as customers_count
    from asked
    cross join kinds
    where kinds.kind = 'habit' or asked.has_new
    group by asked.evaluated_on, kinds.kind
),

hit_counts as (
    select
        evaluated_on,
        kind,
        sum(is_hit) filter (where chooser = 'model') as model_hits,
        sum(is_hit) filter (where chooser = 'popularity') as popularity_hits,
        sum(is_hit) filter (where chooser = 'own_frequency') as own_frequency_hits
    from hits
    group by evaluated_on, kind
),

rates as (
    select
        questions.*,
        coalesce(hit_counts.model_hits, 0) / questions.customers_count as hit_rate,
        coalesce(hit_counts.popularity_hits, 0) / questions.customers_count as popularity_hit_rate,
        case when questions.kind = 'habit' then coalesce(hit_counts.own_frequency_hits, 0) / questions.customers_count end as own_frequency_hit_rate
    from questions
    left join hit_counts on questions.evaluated_on = hit_counts.evaluated_on and questions.kind = hit_counts.kind
),

known as (
    select
        as_of_date as evaluated_on,
        cast(count(distinct sku_id) as double) as products_count
    from {{ ref('score_products__bought') }}
    group by as_of_date
),

coverage as (
    select
        offered.evaluated_on,
        offered.kind,
        count(distinct offered.sku_id) / max(known.products_count) as product_coverage
    from offered
    inner join known on offered.evaluated_on = known.evaluated_on
    where offered.chooser = 'model'
    group by offered.evaluated_on, offered.kind
)

select
    judged.as_of_date,
    judged.kind,
    judged.evaluated_on,
    cast(coalesce(rates.customers_count, 0) as bigint) as customers_count,
    rates.hit_rate,
    sqrt(rates.hit_rate * (1 - rates.hit_rate) / rates.customers_count) as hit_rate_se,
    rates.popularity_hit_rate,
    sqrt(rates.popularity_hit_rate * (1 - rates.popularity_hit_rate) / rates.customers_count) as popularity_hit_rate_se,
    rates.own_frequency_hit_rate,
    coverage.product_coverage,
    case
        when rates.customers_count is null or rates.customers_count < 200 then 'not_enough_data'
        when rates.hit_rate > rates.popularity_hit_rate then 'use'
        else 'use_with_care'
    end as verdict
from judged
left join rates on judged.evaluated_on = rates.evaluated_on and judged.kind = rates.kind
left join coverage on judged.evaluated_on = coverage.evaluated_on and judged.kind = coverage.kind
{% endmacro %}
