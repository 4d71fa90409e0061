{{ config(group='scoring') }}

{#-
  Places are 1, 2, 3 and so on, each product once, and every buyer of a date who has products has a first one by habit:
  whoever reads place 1 would take a hole for a customer of whom nothing is known.
-#}
with dates as (
    select as_of_date from {{ ref('score_products__dates') }}
),

buyers as (
    select
        buyers.customer_id,
        habits.as_of_date,
        'habit' as kind
    from {{ ref('score_products__habits') }} as habits
    inner join {{ ref('score_products__buyers') }} as buyers on habits.buyer_number = buyers.buyer_number
    where habits.habit_place = 1
),

lists as (
    select
        customer_id,
        as_of_date,
        kind,
        count(*) as offers_count,
        count(distinct sku_id) as products_count,
        max(place) as last_place
    from {{ ref('score_next_product') }}
    group by customer_id, as_of_date, kind
)

select
    coalesce(buyers.customer_id, lists.customer_id) as customer_id,
    dates.as_of_date,
    lists.kind
from lists
full join buyers on lists.customer_id = buyers.customer_id and lists.as_of_date = buyers.as_of_date and lists.kind = buyers.kind
inner join dates on coalesce(buyers.as_of_date, lists.as_of_date) = dates.as_of_date
where
    lists.customer_id is null
    or lists.offers_count <> lists.last_place
    or lists.offers_count <> lists.products_count
    or (lists.kind = 'habit' and buyers.customer_id is null)
