{#- {var: [least, most]} of the segment thresholds that are whole numbers. -#}
{% macro segment_whole_numbers() %}
    {{ return({
        'aipl_touch_days': [1, 36500], 'aipl_purchase_days': [1, 36500], 'aipl_loyal_days': [1, var('aipl_purchase_days')],
        'lifecycle_growing_active_days': [1, 7], 'lifecycle_mature_orders': [2, 1000000], 'lifecycle_usual_rhythm_days': [1, 36500],
        'journey_super_user_percent': [1, 99], 'journey_key_care_percent': [1, 99],
        'new_customer_days': [0, 36500], 'stage_silent_days': [1, 36500],
        'value_high_score': [4, 15], 'value_medium_score': [4, 15],
        'koc_followers': [1, 1000000000], 'kol_followers': [2, 1000000000], 'koc_contributions': [1, 1000000000],
        'price_min_orders': [1, 1000000], 'activity_star_days': [3, 30], 'activity_active_days': [2, 29], 'activity_asleep_days': [30, 36500],
    }) }}
{% endmacro %}

{#- Refuses segment thresholds that contradict each other, with one sentence that names the var. -#}
{% macro segment_config_check() %}
    {% for name in ['lifecycle_overdue_multiple', 'journey_formal_course_amount', 'journey_upsell_course_amount', 'core_pool_amount'] %}
        {% if var(name) is not number or var(name) <= 0 %}{{ refuse_var(name, "give a number above 0.") }}{% endif %}
    {% endfor %}
    {% for name in ['price_coupon_share', 'price_promotion_share', 'price_new_product_share', 'price_discount_share'] %}
        {% if var(name) is not number or var(name) <= 0 or var(name) > 1 %}{{ refuse_var(name, "give a share above 0 and at most 1, such as 0.5.") }}{% endif %}
    {% endfor %}
    {% if var('pareto_share') is not number or var('pareto_share') <= 0 or var('pareto_share') >= 1 %}
        {{ refuse_var('pareto_share', "give a share above 0 and below 1, such as 0.5.") }}
    {% endif %}
    {% for lower, upper in {
        'value_medium_score': 'value_high_score', 'journey_formal_course_amount': 'journey_upsell_course_amount',
        'koc_followers': 'kol_followers', 'activity_active_days': 'activity_star_days',
    }.items() if var(lower) >= var(upper) %}
        {{ exceptions.raise_compiler_error(
            "The var " ~ lower ~ " (" ~ var(lower) ~ ") is not below " ~ upper ~ " (" ~ var(upper) ~ "): a class between them would be empty."
        ) }}
    {% endfor %}
    {{ check_cuts('rfm_recency_days', 4, 'rising') }}
    {{ check_cuts('rfm_frequency_orders', 4, 'falling') }}
    {{ check_cuts('rfm_monetary_amounts', 4, 'falling') }}
    {{ check_cuts('crowd_ages', 2, 'rising', 'integer') }}
    {{ check_cuts('crowd_power_amounts', 2, 'falling') }}
{% endmacro %}
