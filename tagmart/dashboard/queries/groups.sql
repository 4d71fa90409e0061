select
    measured_date,
    total_count,
    joined_count,
    lost_count,
    net_count,
    groups_count
from measurement.daily_groups
where group_level = 'all' and measured_date > cast($as_of_date as date) - interval 180 days
order by measured_date
