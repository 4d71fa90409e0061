{#- The end of scoring_next_product: hit@10 of each kind and method, from its CTEs dates, known, truth, buyers_later and offered. -#}
{% macro next_product_hits() %}
hits as (
    select
        offered.kind,
        offered.chooser,
        buyers_later.customer_id,
        max(case when truth.sku_id is not null and (offered.kind = 'habit' or truth.is_new) then 1e0 else 0e0 end) as is_hit
    from offered
    inner join buyers_later on offered.customer_id = buyers_later.customer_id
    left join truth on offered.customer_id = truth.customer_id and offered.sku_id = truth.sku_id
    where offered.kind = 'habit' or buyers_later.has_new
    group by offered.kind, offered.chooser, buyers_later.customer_id
),

rates as (
    select
        kinds.kind,
        choosers.chooser,
        count(*) as customers_count,
        coalesce(sum(hits.is_hit), 0) / count(*) as rate
    from buyers_later
    cross join (select 'habit' as kind union all select 'novel' as kind) as kinds
    cross join (select 'model' as chooser union all select 'popularity' as chooser union all select 'own_frequency' as chooser) as choosers
    left join hits
        on buyers_later.customer_id = hits.customer_id and kinds.kind = hits.kind and choosers.chooser = hits.chooser
    where kinds.kind = 'habit' or (buyers_later.has_new and choosers.chooser <> 'own_frequency')
    group by kinds.kind, choosers.chooser
),

coverage as (
    select
        kind,
        cast(count(distinct sku_id) as double) / (select count(distinct sku_id) from known) as product_coverage
    from offered
    where chooser = 'model'
    group by kind
),

turned as (
    select
        kind,
        max(customers_count) as customers_count,
        max(case when chooser = 'model' then rate end) as hit_rate,
        max(case when chooser = 'popularity' then rate end) as popularity_hit_rate,
        max(case when chooser = 'own_frequency' then rate end) as own_frequency_hit_rate
    from rates
    group by kind
)

select
    dates.as_of_date,
    turned.kind,
    dates.evaluated_on,
    turned.customers_count,
    turned.hit_rate,
    sqrt(turned.hit_rate * (1 - turned.hit_rate) / turned.customers_count) as hit_rate_se,
    turned.popularity_hit_rate,
    sqrt(turned.popularity_hit_rate * (1 - turned.popularity_hit_rate) / turned.customers_count) as popularity_hit_rate_se,
    turned.own_frequency_hit_rate,
    coverage.product_coverage,
    case
        when turned.customers_count < 200 then 'not_enough_data'
        when turned.hit_rate > turned.popularity_hit_rate then 'use'
        else 'use_with_care'
    end as verdict
from turned
left join coverage on turned.kind = coverage.kind
cross join dates
{% endmacro %}
