select
    measured_date,
    measure_code,
    measured_value,
    usual_value,
    score,
    direction,
    event_code,
    verdict
from measurement.daily_alerts
where measured_date > cast($as_of_date as date) - interval 180 days
order by all
