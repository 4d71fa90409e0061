{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='fail',
    pre_hook=["{{ forget_stale_dates() }}", "{{ first_part(customer_bucket()) }}"], post_hook="{{ other_parts(customer_bucket()) }}"
) }}

{%- set most = 10 %}
{%- set most_popular = 500 %}

with open_dates as (
    {{- lacking_dates(in_parts=true) }}
),

popular as (
    select
        popular.as_of_date,
        popular.sku_id,
        popular.popular_place,
        popular.recent_customers_count
    from {{ ref('score_products__popular') }} as popular
    inner join open_dates on popular.as_of_date = open_dates.as_of_date
    where popular.popular_place <= {{ most_popular }}
),

{# One row for each popular product that they own, by its place, which takes less memory than its name. #}
owned as (
    select distinct
        popular.as_of_date,
        purchases.buyer_number,
        popular.popular_place
    from {{ ref('score_products__owned') }} as purchases
    inner join popular on purchases.as_of_date = popular.as_of_date and purchases.sku_id = popular.sku_id
    where {{ is_in_part(customer_bucket('purchases.buyer_number')) }}
),

owned_counted as (
    select
        as_of_date,
        buyer_number,
        count(*) as owned_count
    from owned
    group by as_of_date, buyer_number
),

buyers as (
    select
        habits.as_of_date,
        habits.buyer_number,
        coalesce(owned_counted.owned_count, 0) as owned_count
    from {{ ref('score_products__habits') }} as habits
    inner join open_dates on habits.as_of_date = open_dates.as_of_date
    left join owned_counted on habits.as_of_date = owned_counted.as_of_date and habits.buyer_number = owned_counted.buyer_number
    where habits.habit_place = 1 and {{ is_in_part(customer_bucket('habits.buyer_number')) }}
),

{# Whoever owns n of them finds ten new ones among the first n + 10. #}
candidates as (
    select
        buyers.as_of_date,
        buyers.buyer_number,
        popular.sku_id,
        popular.recent_customers_count,
        row_number() over (partition by buyers.as_of_date, buyers.buyer_number order by popular.popular_place nulls last) as place
    from buyers
    inner join popular on buyers.as_of_date = popular.as_of_date and popular.popular_place <= buyers.owned_count + {{ most }}
    left join owned
        on buyers.as_of_date = owned.as_of_date and buyers.buyer_number = owned.buyer_number and popular.popular_place = owned.popular_place
    where owned.popular_place is null
)

select
    candidates.as_of_date,
    candidates.buyer_number,
    candidates.place,
    candidates.sku_id,
    candidates.recent_customers_count,
    open_dates.input_fingerprint
from candidates
inner join open_dates on candidates.as_of_date = open_dates.as_of_date
where candidates.place <= {{ most }}
