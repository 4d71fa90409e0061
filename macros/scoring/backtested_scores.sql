{#-
  The scores that are held against what came: score_backtests and scoring_quality are made from this list. The closed forms
  (no_order_probability) are in it to show what churn adds to them.

    score, model       the column and its model, with customer_id and as_of_date
    horizon_days       30 or 90: the outcome it speaks of
    weight, seen       for how many the score speaks, and of these to how many it happened, from `outcomes`, a left joined row
                       of score_outcomes, which is missing when the customer bought nothing; a customer of weight 0 is not asked
    is_chance          true when the score is the chance of it: then it has a Brier score and a limit of calibration
-#}
{% macro backtested_scores() %}
    {% set silent = 'case when outcomes.customer_id is null then 1 else 0 end' %}
    {{ return([
        {'score': 'churn_probability_30d', 'model': 'score_churn', 'horizon_days': 30, 'weight': '1', 'seen': silent, 'is_chance': true},
        {'score': 'churn_probability_90d', 'model': 'score_churn', 'horizon_days': 90, 'weight': '1', 'seen': silent, 'is_chance': true},
        {'score': 'no_order_probability_30d', 'model': 'score_clv', 'horizon_days': 30, 'weight': '1', 'seen': silent, 'is_chance': true},
        {'score': 'no_order_probability_90d', 'model': 'score_clv', 'horizon_days': 90, 'weight': '1', 'seen': silent, 'is_chance': true},
        {
            'score': 'expected_orders_90d', 'model': 'score_clv', 'horizon_days': 90,
            'weight': '1', 'seen': 'coalesce(outcomes.order_days_count, 0)', 'is_chance': false
        },
        {
            'score': 'price_sensitivity', 'model': 'score_price_sensitivity', 'horizon_days': 90,
            'weight': 'coalesce(outcomes.orders_count, 0)', 'seen': 'coalesce(outcomes.coupon_orders_count, 0)', 'is_chance': true
        },
    ]) }}
{% endmacro %}
