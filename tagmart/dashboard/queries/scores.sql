select
    score,
    horizon_days,
    evaluated_on,
    customers_count as customers,
    auc,
    brier,
    expected_calibration_error,
    calibration_error_by_chance,
    sum_ratio,
    hit_rate,
    popularity_hit_rate,
    own_frequency_hit_rate,
    is_enough,
    verdict
from scoring.scoring_quality
where as_of_date = $as_of_date
order by score, horizon_days
