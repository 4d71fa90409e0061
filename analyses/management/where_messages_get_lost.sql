{#-
  9. Where on the way from sending to ordering do we lose customers, by touchpoint?
  9. 从发送到下单，各触点在哪一步流失客户？
  Each row is a touchpoint over all its campaigns: customers at each step, each counted once a campaign, and the share of the assigned who
  clicked and then bought within the window.

      dbt show --select where_messages_get_lost --limit 20
  picture: bar x=touchpoint y=clicked_share
-#}

select
    touchpoint,
    count(*) as campaigns,
    sum(assigned_count) as assigned,
    sum(sent_count) as sent,
    sum(delivered_count) as delivered,
    sum(opened_count) as opened,
    sum(clicked_count) as clicked,
    sum(clicked_ordered_count) as clicked_ordered,
    round(cast(sum(clicked_count) as double) / nullif(sum(assigned_count), 0), 4) as clicked_share,
    round(cast(sum(clicked_ordered_count) as double) / nullif(sum(assigned_count), 0), 4) as clicked_ordered_share
from {{ ref('touchpoint_funnel') }}
where scheme_code = 'all'
group by touchpoint
order by assigned desc, touchpoint asc
