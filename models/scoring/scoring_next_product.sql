{%- set most = 10 %}

with truth as (
    select * from {{ ref('score_products__bought_later') }}
),

asked as (
    select
        evaluated_on,
        customer_id,
        max(case when is_new then 1 else 0 end) = 1 as has_new
    from truth
    group by evaluated_on, customer_id
),

kinds as (
    select 'habit' as kind
    union all
    select 'novel' as kind
),

judged as (
    select
        dates.as_of_date,
        kinds.kind,
        max(evaluated.as_of_date) as evaluated_on
    from {{ ref('int_as_of_dates') }} as dates
    cross join kinds
    left join {{ ref('int_as_of_dates') }} as evaluated on dates.as_of_date >= {{ days_after('evaluated.as_of_date', 30) }}
    group by dates.as_of_date, kinds.kind
),

popular as (
    select
        as_of_date as evaluated_on,
        sku_id,
        row_number() over (partition by as_of_date order by count(*) desc, sku_id asc) as place
    from {{ ref('score_products__bought') }}
    where {{ dbt.datediff('last_date', 'as_of_date', 'day') }} < 30
    group by as_of_date, sku_id
),

popular_new as (
    select
        asked.evaluated_on,
        asked.customer_id,
        popular.sku_id,
        row_number() over (partition by asked.evaluated_on, asked.customer_id order by popular.place) as place
    from asked
    inner join popular on asked.evaluated_on = popular.evaluated_on and popular.place <= 500
    left join {{ ref('score_products__bought') }} as hers
        on
            asked.evaluated_on = hers.as_of_date
            and asked.customer_id = hers.customer_id
            and popular.sku_id = hers.sku_id
    where asked.has_new and hers.sku_id is null
),

frequent as (
    select
        asked.evaluated_on,
        asked.customer_id,
        bought.sku_id,
        row_number() over (
            partition by asked.evaluated_on, asked.customer_id
            order by bought.days_count desc, bought.last_date desc, bought.sku_id asc
        ) as place
    from asked
    inner join {{ ref('score_products__bought') }} as bought
        on asked.evaluated_on = bought.as_of_date and asked.customer_id = bought.customer_id
),

offered as (
    select
        kind,
        'model' as chooser,
        as_of_date as evaluated_on,
        customer_id,
        sku_id
    from {{ ref('score_next_product') }}
    where kind in ('habit', 'novel')
    union all
    select
        'habit' as kind,
        'popularity' as chooser,
        asked.evaluated_on,
        asked.customer_id,
        popular.sku_id
    from asked
    inner join popular on asked.evaluated_on = popular.evaluated_on and popular.place <= {{ most }}
    union all
    select
        'habit' as kind,
        'own_frequency' as chooser,
        evaluated_on,
        customer_id,
        sku_id
    from frequent
    where place <= {{ most }}
    union all
    select
        'novel' as kind,
        'popularity' as chooser,
        evaluated_on,
        customer_id,
        sku_id
    from popular_new
    where place <= {{ most }}
),

{{ next_product_hits() }}
