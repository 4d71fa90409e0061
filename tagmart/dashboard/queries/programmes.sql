select
    campaign_id,
    campaign_name,
    month_starts_date,
    status,
    treatment_count,
    holdout_count,
    adjusted_difference,
    adjusted_low,
    adjusted_high,
    added_amount,
    added_amount_low,
    added_amount_high,
    single_effects_amount
from measurement.programme_uplift
order by month_starts_date desc, campaign_id
limit 36
