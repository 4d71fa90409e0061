{%- set most = 10 %}

with bought as (
    select * from {{ ref('score_products__bought') }}
),

dates as (
    select
        min(as_of_date) as evaluated_on,
        max(as_of_date) as as_of_date
    from bought
    having min(as_of_date) < max(as_of_date)
),

known as (
    select bought.*
    from bought
    inner join dates on bought.as_of_date = dates.evaluated_on
),

truth as (
    select * from {{ ref('score_products__bought_later') }}
),

popular as (
    select
        known.sku_id,
        row_number() over (order by count(*) desc, known.sku_id asc) as place
    from known
    inner join dates on known.as_of_date = dates.evaluated_on
    where {{ dbt.datediff('known.last_date', 'known.as_of_date', 'day') }} < 30
    group by known.sku_id
),

buyers_later as (
    select
        customer_id,
        max(case when is_new then 1 else 0 end) = 1 as has_new
    from truth
    group by customer_id
),

popular_new as (
    select
        buyers_later.customer_id,
        popular.sku_id,
        row_number() over (partition by buyers_later.customer_id order by popular.place) as place
    from buyers_later
    inner join popular on popular.place <= 500
    left join known on buyers_later.customer_id = known.customer_id and popular.sku_id = known.sku_id
    where buyers_later.has_new and known.sku_id is null
),

frequent as (
    select
        customer_id,
        sku_id,
        row_number() over (partition by customer_id order by days_count desc, last_date desc, sku_id asc) as place
    from known
),

offered as (
    select
        scores.kind,
        'model' as chooser,
        scores.customer_id,
        scores.sku_id
    from {{ ref('score_next_product') }} as scores
    inner join dates on scores.as_of_date = dates.evaluated_on
    where scores.kind in ('habit', 'novel')
    union all
    select
        'habit' as kind,
        'popularity' as chooser,
        buyers_later.customer_id,
        popular.sku_id
    from buyers_later
    inner join popular on popular.place <= {{ most }}
    union all
    select
        'habit' as kind,
        'own_frequency' as chooser,
        customer_id,
        sku_id
    from frequent
    where place <= {{ most }}
    union all
    select
        'novel' as kind,
        'popularity' as chooser,
        customer_id,
        sku_id
    from popular_new
    where place <= {{ most }}
),

{{ next_product_hits() }}
