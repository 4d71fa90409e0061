{#-
  11. Which days are out of the ordinary, and in what?
  11. 哪些日子、哪些指标出现异常？
  Each row is an alarm of the last 28 days: the value, what is usual on that weekday, and how far off it is; beyond 3.5 is an alarm.
  Days of festivals and promotions are left out. Look first at the latest day with the farthest score.

      dbt show --select which_days_are_out_of_the_ordinary
  picture: heat x=measured_date y=measure_code series=score
-#}

with newest as (
    select max(measured_date) as newest_date
    from {{ ref('daily_alerts') }}
)

select
    alerts.measured_date,
    alerts.measure_code,
    round(alerts.measured_value, 2) as measured_value,
    round(alerts.usual_value, 2) as usual_value,
    round(alerts.score, 1) as score,
    alerts.direction
from {{ ref('daily_alerts') }} as alerts
inner join newest on {{ dbt.datediff('alerts.measured_date', 'newest.newest_date', 'day') }} < 28
where alerts.verdict = 'alarm'
order by alerts.measured_date desc, alerts.measure_code asc
