{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='fail',
    pre_hook=["{{ forget_stale_dates() }}", "{{ first_part(customer_bucket()) }}"], post_hook="{{ other_parts(customer_bucket()) }}"
) }}

{%- set most = 10 %}
{%- set most_products = 50 %}
{%- set most_categories = 4 %}

with open_dates as (
    {{- lacking_dates(in_parts=true) }}
),

popular as (
    select popular.*
    from {{ ref('score_products__popular') }} as popular
    inner join open_dates on popular.as_of_date = open_dates.as_of_date
    where popular.category_place <= 500
),

habits as (
    select
        habits.*,
        categories.category
    from {{ ref('score_products__habits') }} as habits
    inner join open_dates on habits.as_of_date = open_dates.as_of_date
    inner join {{ ref('score_products__categories') }} as categories on habits.sku_id = categories.sku_id
    where habits.latest_place <= {{ most_products }} and {{ is_in_part(customer_bucket('habits.buyer_number')) }}
),

placed as (
    select
        as_of_date,
        buyer_number,
        category,
        min(latest_place) as latest_place,
        row_number() over (partition by as_of_date, buyer_number order by min(latest_place) nulls last) as category_place
    from habits
    group by as_of_date, buyer_number, category
),

owned as (
    select distinct
        popular.as_of_date,
        purchases.buyer_number,
        popular.category,
        popular.sku_id
    from {{ ref('score_products__owned') }} as purchases
    inner join popular on purchases.as_of_date = popular.as_of_date and purchases.sku_id = popular.sku_id
    where {{ is_in_part(customer_bucket('purchases.buyer_number')) }}
),

owned_counted as (
    select
        as_of_date,
        buyer_number,
        category,
        count(*) as owned_count
    from owned
    group by as_of_date, buyer_number, category
),

{# Whoever owns n of a category finds ten new ones among its first n + 10. #}
candidates as (
    select
        placed.as_of_date,
        placed.buyer_number,
        placed.latest_place,
        popular.sku_id,
        popular.category,
        popular.recent_customers_count,
        rank() over (partition by placed.as_of_date, placed.buyer_number order by popular.popular_place nulls last) as place
    from placed
    left join owned_counted
        on
            placed.as_of_date = owned_counted.as_of_date
            and placed.buyer_number = owned_counted.buyer_number
            and placed.category = owned_counted.category
    inner join popular
        on
            placed.as_of_date = popular.as_of_date
            and placed.category = popular.category
            and popular.category_place <= coalesce(owned_counted.owned_count, 0) + {{ most }}
    left join owned
        on placed.as_of_date = owned.as_of_date and placed.buyer_number = owned.buyer_number and popular.sku_id = owned.sku_id
    where placed.category_place <= {{ most_categories }} and owned.sku_id is null
)

select
    candidates.as_of_date,
    candidates.buyer_number,
    candidates.place,
    candidates.sku_id,
    candidates.category,
    candidates.recent_customers_count,
    habits.sku_id as because_sku_id,
    open_dates.input_fingerprint
from candidates
inner join habits
    on
        candidates.as_of_date = habits.as_of_date
        and candidates.buyer_number = habits.buyer_number
        and candidates.latest_place = habits.latest_place
inner join open_dates on candidates.as_of_date = open_dates.as_of_date
where candidates.place <= {{ most }}
