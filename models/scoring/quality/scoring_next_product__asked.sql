{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ forget_stale_dates('scoring_next_product__fingerprints', 'evaluated_on') }}"
) }}

{%- set most = 10 %}

with open_dates as (
    {{- lacking_dates('scoring_next_product__fingerprints', 'evaluated_on') }}
),

wanted as (
    select wanted.*
    from {{ ref('scoring_next_product__wanted') }} as wanted
    inner join open_dates on wanted.evaluated_on = open_dates.evaluated_on
),

popular as (
    select * from {{ ref('score_products__popular') }}
),

habits as (
    select * from {{ ref('score_products__habits') }}
),

co_purchased as (
    select * from {{ ref('score_products__co_purchased') }}
),

in_categories as (
    select * from {{ ref('score_products__in_categories') }}
),

popular_new as (
    select * from {{ ref('score_products__popular_new') }}
)

select
    wanted.evaluated_on,
    wanted.buyer_number,
    bool_or(wanted.is_new) as has_new,
    {#- A customer who was offered nothing stays in the count, as one without a hit. #}
    coalesce(bool_or(habits.habit_place <= {{ most }}), false) as is_habit_hit,
    coalesce(bool_or(habits.frequency_place <= {{ most }}), false) as is_frequency_hit,
    bool_or(co_purchased.sku_id is not null) as is_co_purchased_hit,
    bool_or(in_categories.sku_id is not null) as is_in_categories_hit,
    coalesce(bool_or(popular.popular_place <= {{ most }}), false) as is_popular_hit,
    bool_or(popular_new.sku_id is not null) as is_popular_new_hit,
    max(wanted.input_fingerprint) as input_fingerprint
from wanted
left join habits
    on wanted.evaluated_on = habits.as_of_date and wanted.buyer_number = habits.buyer_number and wanted.sku_id = habits.sku_id
left join co_purchased
    on
        wanted.evaluated_on = co_purchased.as_of_date
        and wanted.buyer_number = co_purchased.buyer_number
        and wanted.sku_id = co_purchased.sku_id
left join in_categories
    on
        wanted.evaluated_on = in_categories.as_of_date
        and wanted.buyer_number = in_categories.buyer_number
        and wanted.sku_id = in_categories.sku_id
left join popular on wanted.evaluated_on = popular.as_of_date and wanted.sku_id = popular.sku_id
left join popular_new
    on
        wanted.evaluated_on = popular_new.as_of_date
        and wanted.buyer_number = popular_new.buyer_number
        and wanted.sku_id = popular_new.sku_id
group by wanted.evaluated_on, wanted.buyer_number
