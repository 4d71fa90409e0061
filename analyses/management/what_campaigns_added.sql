{#-
  6. What did each campaign really add?
  6. 每个活动真正带来了多少增量？
  Each row is a campaign: what the treated spent beyond the held out, in all, with its 95 % interval, beside its cost. Where the interval holds 0,
  chance alone may have done it; where it is empty, the status says why. The dearest comes first.

      dbt show --select what_campaigns_added --limit 40
  picture: interval x=campaign_id y=added_amount low=added_amount_low high=added_amount_high
-#}

select
    campaign_id,
    campaign_name,
    status,
    treatment_count,
    holdout_count,
    round(added_amount, 2) as added_amount,
    round(added_amount_low, 2) as added_amount_low,
    round(added_amount_high, 2) as added_amount_high,
    round(cost_amount, 2) as cost_amount
from {{ ref('campaign_uplift') }}
where scheme_code = 'all'
order by cost_amount desc nulls last, campaign_id asc
