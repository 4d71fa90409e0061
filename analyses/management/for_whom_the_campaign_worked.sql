{#-
  7. For whom did the last measured campaign work?
  7. 最近一次可测的活动对哪些客户有效？
  Each row is a class of a scheme with enough customers in both arms: what the campaign added per customer, with its 95 % interval. A class is
  believed by holm_p_value, which counts how many classes were looked at.

      dbt show --select for_whom_the_campaign_worked --limit 30
  picture: interval x=segment_code y=difference low=difference_low high=difference_high series=scheme_code
-#}

with last_measured as (
    select max(window_ends_date) as window_ends_date
    from {{ ref('campaign_uplift') }}
    where scheme_code = 'all' and status = 'measured'
)

select
    uplift.campaign_name,
    uplift.scheme_code,
    uplift.segment_code,
    uplift.treatment_count,
    uplift.holdout_count,
    round(uplift.difference, 2) as difference,
    round(uplift.difference_low, 2) as difference_low,
    round(uplift.difference_high, 2) as difference_high,
    round(uplift.holm_p_value, 4) as holm_p_value
from {{ ref('campaign_uplift') }} as uplift
inner join last_measured on uplift.window_ends_date = last_measured.window_ends_date
where uplift.status = 'measured'
order by uplift.campaign_id asc, uplift.scheme_code asc, difference desc, uplift.segment_code asc
