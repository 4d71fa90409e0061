select
    measured_date,
    total_count,
    new_count,
    lost_count,
    net_count
from measurement.daily_contacts
where channel_level = 'all' and measured_date > cast($as_of_date as date) - interval 180 days
order by measured_date
