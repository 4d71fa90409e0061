{#-
  12. How do our contacts grow, and through what do they shrink?
  12. 好友增长了多少，又因何流失？
  Each row is a month: contacts at its end are those at the end of the month before, plus new, less lost. Transfers are in neither.

      dbt show --select how_do_contacts_grow
  picture: line x=month_begins_on y=contacts_at_the_end
-#}

select
    cast({{ dbt.date_trunc('month', 'measured_date') }} as date) as month_begins_on,
    sum(new_count) as new_contacts,
    sum(lost_by_customer_count) as lost_by_customers,
    sum(lost_by_staff_count) as lost_by_staff,
    sum(lost_unknown_count) as lost_unknown,
    sum(net_count) as net_contacts,
    max_by(total_count, measured_date) as contacts_at_the_end,
    max_by(people_count, measured_date) as people_at_the_end
from {{ ref('daily_contacts') }}
where channel_level = 'all'
group by cast({{ dbt.date_trunc('month', 'measured_date') }} as date)
order by month_begins_on
