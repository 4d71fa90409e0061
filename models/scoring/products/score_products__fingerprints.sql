with dates as (
    select as_of_date from {{ ref('int_as_of_dates') }}
),

spans as (
    select * from {{ ref('score_products__purchase_spans') }}
),

upgrades as (
    select {{ rows_hash(['sku_id', 'upgrade_of_sku_id']) }} as upgrades_hash
    from {{ ref('score_products__upgrades') }}
)

select
    dates.as_of_date,
    concat_ws(
        '|',
        cast(sum(spans.purchases_hash) as {{ dbt.type_string() }}),
        cast(max(upgrades.upgrades_hash) as {{ dbt.type_string() }})
    ) as input_fingerprint
from dates
inner join spans on dates.as_of_date >= spans.ordered_date and dates.as_of_date < spans.undone_date
cross join upgrades
group by dates.as_of_date
