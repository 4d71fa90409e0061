{#-
  8. Could our campaigns have shown anything at all?
  8. 我们的活动规模足以看出效果吗？
  Each row is an ended campaign with a hold-out: the smallest effect per customer that its size would show four times out of five, beside what a
  held-out customer spent. An effect that must be larger than the spending itself will not be seen: hold out more, or run fewer, larger campaigns.

      dbt show --select how_large_a_hold_out_we_need --limit 40
  picture: bar x=campaign_id y=detectable_difference
-#}

select
    campaign_id,
    campaign_name,
    treatment_count,
    holdout_count,
    round(holdout_mean_amount, 2) as holdout_mean_amount,
    round(detectable_difference, 2) as detectable_difference,
    round(detectable_difference / nullif(holdout_mean_amount, 0), 2) as times_the_spending
from {{ ref('campaign_uplift') }}
where scheme_code = 'all' and detectable_difference is not null
order by detectable_difference asc, campaign_id asc
