{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ forget_stale_dates('scoring_next_product__fingerprints', 'evaluated_on') }}"
) }}

{%- set most = 10 %}
{%- set most_popular = 500 %}

with open_dates as (
    {{- lacking_dates('scoring_next_product__fingerprints', 'evaluated_on') }}
),

popular as (
    select * from {{ ref('scoring_next_product__popular') }}
),

bought_later as (
    select distinct
        open_dates.evaluated_on,
        purchase_days.customer_id,
        purchase_days.sku_id
    from {{ ref('score_products__purchase_days') }} as purchase_days
    inner join open_dates
        on
            purchase_days.ordered_date > open_dates.evaluated_on
            and purchase_days.ordered_date <= open_dates.until_date
            and purchase_days.undone_date > open_dates.until_date
),

new_or_not as (
    select
        bought_later.*,
        bought_before.sku_id is null as is_new
    from bought_later
    left join {{ ref('score_products__habits') }} as bought_before
        on
            bought_later.evaluated_on = bought_before.as_of_date
            and bought_later.customer_id = bought_before.customer_id
            and bought_later.sku_id = bought_before.sku_id
),

customers as (
    select
        new_or_not.evaluated_on,
        new_or_not.customer_id,
        bool_or(new_or_not.is_new) as has_new,
        min(popular.popular_place) as popular_place,
        min(case when new_or_not.is_new then popular.popular_place end) as popular_new_place
    from new_or_not
    left join popular on new_or_not.evaluated_on = popular.evaluated_on and new_or_not.sku_id = popular.sku_id
    group by new_or_not.evaluated_on, new_or_not.customer_id
),

own_products as (
    select
        customers.evaluated_on,
        customers.customer_id,
        habits.sku_id,
        popular.popular_place < customers.popular_new_place as is_more_popular,
        row_number() over (
            partition by customers.evaluated_on, customers.customer_id
            order by habits.days_count desc, habits.last_date desc, habits.sku_id asc
        ) as frequency_place
    from customers
    inner join {{ ref('score_products__habits') }} as habits
        on customers.evaluated_on = habits.as_of_date and customers.customer_id = habits.customer_id
    left join popular on habits.as_of_date = popular.evaluated_on and habits.sku_id = popular.sku_id
),

own_products_counted as (
    select
        own_products.evaluated_on,
        own_products.customer_id,
        count(*) filter (where own_products.is_more_popular) as more_popular_count,
        bool_or(own_products.frequency_place <= {{ most }} and bought_later.sku_id is not null) as is_frequency_hit
    from own_products
    left join bought_later
        on
            own_products.evaluated_on = bought_later.evaluated_on
            and own_products.customer_id = bought_later.customer_id
            and own_products.sku_id = bought_later.sku_id
    group by own_products.evaluated_on, own_products.customer_id
),

offered_hits as (
    select
        new_or_not.evaluated_on,
        new_or_not.customer_id,
        bool_or(offered.kind = 'habit') as is_habit_hit,
        bool_or(offered.kind = 'novel' and new_or_not.is_new) as is_novel_hit
    from new_or_not
    inner join {{ ref('score_next_product') }} as offered
        on
            new_or_not.evaluated_on = offered.as_of_date
            and new_or_not.customer_id = offered.customer_id
            and new_or_not.sku_id = offered.sku_id
    group by new_or_not.evaluated_on, new_or_not.customer_id
)

select
    customers.evaluated_on,
    customers.customer_id,
    customers.has_new,
    {#- A customer who was offered nothing stays in the count, as one without a hit. #}
    coalesce(offered_hits.is_habit_hit, false) as is_habit_hit,
    coalesce(offered_hits.is_novel_hit, false) as is_novel_hit,
    own_products_counted.is_frequency_hit,
    coalesce(customers.popular_place <= {{ most }}, false) as is_popular_hit,
    {#- The most popular products that they do not own: what they own and is more popular does not take up a place. #}
    coalesce(
        customers.popular_new_place <= {{ most_popular }}
        and customers.popular_new_place - own_products_counted.more_popular_count <= {{ most }}, false
    ) as is_popular_new_hit,
    open_dates.input_fingerprint
from customers
inner join own_products_counted on customers.evaluated_on = own_products_counted.evaluated_on and customers.customer_id = own_products_counted.customer_id
left join offered_hits on customers.evaluated_on = offered_hits.evaluated_on and customers.customer_id = offered_hits.customer_id
inner join open_dates on customers.evaluated_on = open_dates.evaluated_on
