{#- Of a customer who bought hundreds, the latest: a wholesaler would pair everything with everything. #}
{%- set most_products = 50 %}

with latest as (
    select
        as_of_date,
        buyer_number,
        sku_id,
        habit_weight,
        {{ dbt.datediff('last_date', 'as_of_date', 'day') }} < 30 as is_recent
    from {{ ref('score_products__habits') }}
    where latest_place <= {{ most_products }}
),

products as (
    select
        as_of_date,
        sku_id,
        cast(row_number() over (order by as_of_date nulls last, sku_id nulls last) as integer) as product_number
    from latest
    group by as_of_date, sku_id
),

histories as (
    select
        as_of_date,
        buyer_number,
        cast(row_number() over (order by as_of_date nulls last, buyer_number nulls last) as integer) as history_number
    from latest
    group by as_of_date, buyer_number
)

select
    latest.*,
    histories.history_number,
    products.product_number
from latest
inner join histories on latest.as_of_date = histories.as_of_date and latest.buyer_number = histories.buyer_number
inner join products on latest.as_of_date = products.as_of_date and latest.sku_id = products.sku_id
