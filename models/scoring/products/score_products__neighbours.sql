with products as (
    select distinct
        as_of_date,
        sku_id,
        product_number
    from {{ ref('score_products__numbered') }}
)

select
    products.product_number,
    neighbours.product_number as neighbour_number,
    fitted.pull
from {{ ref('fit_product_neighbours') }} as fitted
inner join products on fitted.as_of_date = products.as_of_date and fitted.sku_id = products.sku_id
inner join products as neighbours on fitted.as_of_date = neighbours.as_of_date and fitted.neighbour_sku_id = neighbours.sku_id
