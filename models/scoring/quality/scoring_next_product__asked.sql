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

novel as (
    select * from {{ ref('score_products__novel') }}
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
    bool_or(novel.sku_id is not null) as is_novel_hit,
    coalesce(bool_or(habits.frequency_place <= {{ most }}), false) as is_frequency_hit,
    coalesce(bool_or(popular.popular_place <= {{ most }}), false) as is_popular_hit,
    bool_or(popular_new.sku_id is not null) as is_popular_new_hit,
    max(wanted.input_fingerprint) as input_fingerprint
from wanted
left join habits
    on wanted.evaluated_on = habits.as_of_date and wanted.buyer_number = habits.buyer_number and wanted.sku_id = habits.sku_id
left join novel
    on wanted.evaluated_on = novel.as_of_date and wanted.buyer_number = novel.buyer_number and wanted.sku_id = novel.sku_id
left join popular on wanted.evaluated_on = popular.as_of_date and wanted.sku_id = popular.sku_id
left join popular_new
    on
        wanted.evaluated_on = popular_new.as_of_date
        and wanted.buyer_number = popular_new.buyer_number
        and wanted.sku_id = popular_new.sku_id
group by wanted.evaluated_on, wanted.buyer_number
