{#- The columns of customer_tags that are predictions, scores of models/scoring as customer_tags__predictive gives them. -#}
{% macro predictive_tags() %}
    {{ return([
        'p_alive', 'churn_probability_30d', 'churn_probability_90d', 'expected_orders_90d', 'clv_365d', 'price_sensitivity',
        'next_product_sku_id', 'next_product_share',
    ]) }}
{% endmacro %}
