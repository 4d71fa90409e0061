{#-
  10. Which campaigns earn more than they cost?
  10. 哪些活动的增量大于费用？
  Each row is a measured campaign with a cost: what one unit of money spent on it brought back in net amount, and whether even the lower end of the
  interval is above the cost (surely), only the middle (likely), or neither. Of kinds without a measured campaign nobody knows.

      dbt show --select which_campaigns_pay --limit 20
  picture: interval x=campaign_id y=returned low=returned_low high=returned_high
-#}

select
    campaign_id,
    campaign_name,
    campaign_kind,
    round(added_amount / nullif(cast(cost_amount as double), 0), 2) as returned,
    round(added_amount_low / nullif(cast(cost_amount as double), 0), 2) as returned_low,
    round(added_amount_high / nullif(cast(cost_amount as double), 0), 2) as returned_high,
    case when added_amount_low > cost_amount then 'surely' when added_amount > cost_amount then 'likely' else 'not shown' end as pays
from {{ ref('campaign_uplift') }}
where scheme_code = 'all' and status = 'measured' and cost_amount > 0
order by returned desc, campaign_id asc
