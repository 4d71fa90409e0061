with seeds as (
    select
        (select {{ rows_hash(['price_band', 'min_price', 'max_price']) }} from {{ ref('price_bands') }}) as price_bands,
        (select {{ rows_hash(['age_band', 'min_age', 'max_age']) }} from {{ ref('age_bands') }}) as age_bands,
        (select {{ rows_hash(['city', 'city_tier']) }} from {{ ref('city_tiers') }}) as city_tiers,
        (select {{ rows_hash(['event_type', 'touch_class']) }} from {{ ref('touchpoint_types') }}) as touchpoint_types,
        (select {{ rows_hash(['event_scene', 'scene']) }} from {{ ref('scenes') }}) as scenes,
        (select {{ rows_hash(['is_weekend', 'hour_of_day', 'scene']) }} from {{ ref('scene_hours') }}) as scene_hours
)

select
    {{ row_hash([
        "'" ~ [var('business_timezone'), var('new_product_days'), var('earliest_date')] | join('|') ~ "'",
        'price_bands', 'age_bands', 'city_tiers', 'touchpoint_types', 'scenes', 'scene_hours'
    ]) }} as settings_hash
from seeds
