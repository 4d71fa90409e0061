select
    life_of,
    group_kind,
    lived_days,
    at_risk_count as customers,
    survival_share,
    survival_low,
    survival_high
from measurement.group_survival
where lived_days <= 400
order by life_of, group_kind, lived_days
