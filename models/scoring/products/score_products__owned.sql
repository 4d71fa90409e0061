{{ config(materialized='view') }}

select
    dates.as_of_date,
    purchase_days.buyer_number,
    purchase_days.sku_id,
    purchase_days.ordered_date
from {{ ref('score_products__purchase_days') }} as purchase_days
inner join {{ ref('score_products__fingerprints') }} as dates
    on purchase_days.ordered_date <= dates.as_of_date and purchase_days.undone_date > dates.as_of_date
