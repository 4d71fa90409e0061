select measured_date as date_day
from {{ ref('daily_calendar') }}
