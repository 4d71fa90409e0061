with dates as (
    select as_of_date from {{ ref('score_products__dates') }}
    union
    select evaluated_on as as_of_date from {{ ref('score_products__dates') }}
    where evaluated_on is not null
),

spans as (
    select * from {{ ref('score_products__purchase_spans') }}
),

upgrades as (
    select {{ rows_hash(['sku_id', 'upgrade_of_sku_id']) }} as upgrades_hash
    from {{ ref('score_products__upgrades') }}
),

categories as (
    select {{ rows_hash(['sku_id', 'category']) }} as categories_hash
    from {{ ref('score_products__categories') }}
)

select
    dates.as_of_date,
    concat_ws(
        '|',
        cast(sum(spans.purchases_hash) as {{ dbt.type_string() }}),
        cast(max(upgrades.upgrades_hash) as {{ dbt.type_string() }}),
        cast(max(categories.categories_hash) as {{ dbt.type_string() }})
    ) as input_fingerprint
from dates
inner join spans on dates.as_of_date >= spans.ordered_date and dates.as_of_date < spans.undone_date
cross join upgrades
cross join categories
group by dates.as_of_date
