{{ config(materialized='view') }}

with lists as (
    select
        as_of_date,
        buyer_number,
        place,
        sku_id,
        'shrunk_item_item' as model_name,
        cast(novel_weight * 10 as double) / 1e9 as score,
        because_sku_id,
        'often bought by those who buy ' || because_sku_id as reason
    from {{ ref('score_products__co_purchased') }}
    union all
    select
        as_of_date,
        buyer_number,
        place,
        sku_id,
        'popularity_in_categories' as model_name,
        cast(recent_customers_count as double) as score,
        because_sku_id,
        'often bought by everybody lately, ' || category || ' like ' || because_sku_id as reason
    from {{ ref('score_products__in_categories') }}
    union all
    select
        as_of_date,
        buyer_number,
        place,
        sku_id,
        'popularity' as model_name,
        cast(recent_customers_count as double) as score,
        cast(null as {{ dbt.type_string() }}) as because_sku_id,
        'often bought by everybody lately' as reason
    from {{ ref('score_products__popular_new') }}
)

select lists.*
from lists
inner join {{ ref('scoring_next_product__chosen') }} as chosen
    on lists.as_of_date = chosen.as_of_date and lists.model_name = chosen.model_name
