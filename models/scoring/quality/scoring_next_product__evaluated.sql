{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ forget_stale_dates('scoring_next_product__fingerprints', 'evaluated_on') }}"
) }}

{%- set most = 10 %}

with open_dates as (
    {{- lacking_dates('scoring_next_product__fingerprints', 'evaluated_on') }}
),

methods as (
    select * from {{ ref('scoring_next_product__methods') }}
),

asked as (
    select
        asked.*,
        methods.kind,
        methods.model_name,
        case methods.model_name
            when 'decayed_frequency' then asked.is_habit_hit
            when 'own_frequency' then asked.is_frequency_hit
            when 'shrunk_item_item' then asked.is_co_purchased_hit
            when 'popularity_in_categories' then asked.is_in_categories_hit
            when 'popularity' then asked.is_popular_new_hit
        end as is_hit,
        case when methods.kind = 'habit' then asked.is_popular_hit else asked.is_popular_new_hit end as is_popularity_hit
    from {{ ref('scoring_next_product__asked') }} as asked
    inner join open_dates on asked.evaluated_on = open_dates.evaluated_on
    inner join methods on methods.kind = 'habit' or asked.has_new
),

hits as (
    select
        evaluated_on,
        kind,
        model_name,
        count(*) as customers_count,
        count(*) filter (where is_hit) as hits_count,
        count(*) filter (where is_popularity_hit) as popularity_hits_count,
        count(*) filter (where is_hit and not is_popularity_hit) as won_count,
        count(*) filter (where is_popularity_hit and not is_hit) as lost_count
    from asked
    group by evaluated_on, kind, model_name
),

offered as (
    select
        as_of_date as evaluated_on,
        'decayed_frequency' as model_name,
        count(distinct sku_id) as products_count
    from {{ ref('score_products__habits') }}
    where habit_place <= {{ most }}
    group by as_of_date
    union all
    select
        as_of_date as evaluated_on,
        'own_frequency' as model_name,
        count(distinct sku_id) as products_count
    from {{ ref('score_products__habits') }}
    where frequency_place <= {{ most }}
    group by as_of_date
    union all
    select
        as_of_date as evaluated_on,
        'shrunk_item_item' as model_name,
        count(distinct sku_id) as products_count
    from {{ ref('score_products__co_purchased') }}
    group by as_of_date
    union all
    select
        as_of_date as evaluated_on,
        'popularity_in_categories' as model_name,
        count(distinct sku_id) as products_count
    from {{ ref('score_products__in_categories') }}
    group by as_of_date
    union all
    select
        as_of_date as evaluated_on,
        'popularity' as model_name,
        count(distinct sku_id) as products_count
    from {{ ref('score_products__popular_new') }}
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
    methods.kind,
    methods.model_name,
    coalesce(hits.customers_count, 0) as customers_count,
    coalesce(hits.hits_count, 0) as hits_count,
    coalesce(hits.popularity_hits_count, 0) as popularity_hits_count,
    coalesce(hits.won_count, 0) as won_count,
    coalesce(hits.lost_count, 0) as lost_count,
    cast(offered.products_count as double) / nullif(sold.products_count, 0) as product_coverage,
    open_dates.input_fingerprint
from open_dates
cross join methods
left join hits
    on open_dates.evaluated_on = hits.evaluated_on and methods.kind = hits.kind and methods.model_name = hits.model_name
left join offered on open_dates.evaluated_on = offered.evaluated_on and methods.model_name = offered.model_name
left join sold on open_dates.evaluated_on = sold.evaluated_on
