{#- SQL for one text that changes when a var or an edited seed that the measures depend on changes. -#}
{% macro settings_fingerprint() %}
    {% set parts = ["'" ~ [var('business_timezone'), var('new_product_days'), var('earliest_date')] | join('|') ~ "'"] %}
    {% for seed, columns in {'price_bands': ['price_band', 'min_price', 'max_price'], 'age_bands': ['age_band', 'min_age', 'max_age'], 'city_tiers': ['city', 'city_tier'], 'touchpoint_types': ['event_type', 'touch_class'], 'scenes': ['event_scene', 'scene'], 'scene_hours': ['is_weekend', 'hour_of_day', 'scene']}.items() %}
        {% do parts.append("(select cast(" ~ rows_hash(columns) ~ " as " ~ dbt.type_string() ~ ") from " ~ ref(seed) ~ ")") %}
    {% endfor %}
    {{ return("concat_ws('|', " ~ (parts | join(', ')) ~ ")") }}
{% endmacro %}
