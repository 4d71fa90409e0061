{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_dates() }}") }}

with open_dates as (
    {{- lacking_dates() }}
),

bought as (
    select
        purchases.as_of_date,
        purchases.sku_id,
        purchases.buyer_number,
        max(purchases.ordered_date) as last_date
    from {{ ref('score_products__owned') }} as purchases
    inner join open_dates on purchases.as_of_date = open_dates.as_of_date
    group by purchases.as_of_date, purchases.sku_id, purchases.buyer_number
),

sold as (
    select
        as_of_date,
        sku_id,
        count(*) filter (where {{ dbt.datediff('last_date', 'as_of_date', 'day') }} < 30) as recent_customers_count
    from bought
    group by as_of_date, sku_id
),

placed as (
    select
        sold.*,
        categories.category,
        row_number() over (partition by sold.as_of_date order by sold.recent_customers_count desc, sold.sku_id asc nulls last) as place,
        row_number() over (
            partition by sold.as_of_date, categories.category order by sold.recent_customers_count desc, sold.sku_id asc nulls last
        ) as category_place
    from sold
    left join {{ ref('score_products__categories') }} as categories on sold.sku_id = categories.sku_id
)

select
    placed.as_of_date,
    placed.sku_id,
    placed.recent_customers_count,
    placed.category,
    case when placed.recent_customers_count > 0 then placed.place end as popular_place,
    case when placed.recent_customers_count > 0 and placed.category is not null then placed.category_place end as category_place,
    open_dates.input_fingerprint
from placed
inner join open_dates on placed.as_of_date = open_dates.as_of_date
