select
    'churn_probability_30d' as score,
    30 as horizon_days,
    true as is_chance
union all
select
    'churn_probability_90d' as score,
    90 as horizon_days,
    true as is_chance
union all
select
    'no_order_probability_30d' as score,
    30 as horizon_days,
    true as is_chance
union all
select
    'no_order_probability_90d' as score,
    90 as horizon_days,
    true as is_chance
union all
select
    'expected_orders_90d' as score,
    90 as horizon_days,
    false as is_chance
union all
select
    'price_sensitivity' as score,
    90 as horizon_days,
    true as is_chance
