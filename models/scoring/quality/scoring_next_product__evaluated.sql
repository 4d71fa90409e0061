{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ forget_stale_dates('scoring_next_product__fingerprints', 'evaluated_on') }}"
) }}

{%- set most = 10 %}

with open_dates as (
    {{- lacking_dates('scoring_next_product__fingerprints', 'evaluated_on') }}
),

kinds as (
    select 'habit' as kind
    union all
    select 'novel' as kind
),

asked as (
    select asked.*
    from {{ ref('scoring_next_product__asked') }} as asked
    inner join open_dates on asked.evaluated_on = open_dates.evaluated_on
),

hits as (
    select
        evaluated_on,
        'habit' as kind,
        count(*) as customers_count,
        count(*) filter (where is_habit_hit) as hits_count,
        count(*) filter (where is_popular_hit) as popularity_hits_count,
        count(*) filter (where is_frequency_hit) as own_frequency_hits_count
    from asked
    group by evaluated_on
    union all
    select
        evaluated_on,
        'novel' as kind,
        count(*) as customers_count,
        count(*) filter (where is_novel_hit) as hits_count,
        count(*) filter (where is_popular_new_hit) as popularity_hits_count,
        cast(null as bigint) as own_frequency_hits_count
    from asked
    where has_new
    group by evaluated_on
),

offered as (
    select
        as_of_date as evaluated_on,
        'habit' as kind,
        count(distinct sku_id) as products_count
    from {{ ref('score_products__habits') }}
    where habit_place <= {{ most }}
    group by as_of_date
    union all
    select
        as_of_date as evaluated_on,
        'novel' as kind,
        count(distinct sku_id) as products_count
    from {{ ref('score_products__novel') }}
    group by as_of_date
),

sold as (
    select
        as_of_date as evaluated_on,
        count(*) as products_count
    from {{ ref('score_products__popular') }}
    group by as_of_date
)

select
    open_dates.evaluated_on,
    kinds.kind,
    coalesce(hits.customers_count, 0) as customers_count,
    cast(hits.hits_count as double) / nullif(hits.customers_count, 0) as hit_rate,
    cast(hits.popularity_hits_count as double) / nullif(hits.customers_count, 0) as popularity_hit_rate,
    cast(hits.own_frequency_hits_count as double) / nullif(hits.customers_count, 0) as own_frequency_hit_rate,
    cast(offered.products_count as double) / nullif(sold.products_count, 0) as product_coverage,
    open_dates.input_fingerprint
from open_dates
cross join kinds
left join hits on open_dates.evaluated_on = hits.evaluated_on and kinds.kind = hits.kind
left join offered on open_dates.evaluated_on = offered.evaluated_on and kinds.kind = offered.kind
left join sold on open_dates.evaluated_on = sold.evaluated_on
