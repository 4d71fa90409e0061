select
    score,
    bin,
    customers_count as customers,
    predicted_mean,
    seen_mean,
    gap_by_chance
from scoring.scoring_calibration
where as_of_date = (select max(as_of_date) from scoring.scoring_calibration)
order by score, bin
