{#-
  14. What do the customers of each member of staff bring, and how many of them are at risk?
  14. 每位员工的客户带来多少收入，有多少面临流失？
  Each row is a member of staff this month, with a row for customers whom nobody holds and one for orders of nobody known: together the
  brand. A high share at risk with a low reply rate is where to help first.

      dbt show --select what_do_staff_bring
  picture: bar x=userid y=month_net_amount series=persona
-#}

select
    userid,
    persona,
    customers_count,
    buyers_count,
    round(conversion_rate, 3) as conversion_rate,
    month_net_amount,
    at_risk_count,
    round(reply_rate, 3) as reply_rate,
    new_contacts_count,
    lost_contacts_count
from {{ ref('staff_performance') }}
where as_of_date = (select max(as_of_date) from {{ ref('int_as_of_dates') }})
order by month_net_amount desc, holder_kind asc, userid asc
