{#- Buyers at an as-of date are the customers of its fit: a buyer who is left out of it is scored by others' habits alone. #}
with buyers as (
    select
        as_of_date,
        count(*) as buyers_count
    from {{ ref('int_orders__measured') }}
    where orders_count > 0
    group by as_of_date
),

fits as (
    select
        as_of_date,
        customers_count
    from {{ ref('fit_btyd') }}
)

select
    coalesce(buyers.as_of_date, fits.as_of_date) as as_of_date,
    buyers.buyers_count,
    fits.customers_count
from buyers
full join fits on buyers.as_of_date = fits.as_of_date
where buyers.buyers_count is distinct from fits.customers_count
