with trials as (
    select * from {{ ref('campaign_trials') }}
    where not is_global
),

effects as (
    select * from {{ ref('campaign_effects__counted') }}
)

select
    trials.campaign_id,
    effects.scheme_code,
    effects.segment_code,
    campaigns.campaign_name,
    campaigns.campaign_kind,
    trials.touchpoint,
    trials.window_starts_date,
    trials.window_ends_date,
    'fixed_end' as interval_kind,
    effects.status,
    effects.treatment_count,
    effects.holdout_count,
    effects.contaminated_count,
    effects.treatment_buyers_count,
    effects.holdout_buyers_count,
    effects.treatment_net_amount,
    effects.holdout_net_amount,
    effects.treatment_mean_amount,
    effects.holdout_mean_amount,
    effects.planned_treatment_share,
    effects.sample_ratio_statistic,
    effects.sample_ratio_p_value,
    effects.difference,
    effects.difference_error,
    effects.difference_low,
    effects.difference_high,
    effects.p_value,
    effects.holm_p_value,
    effects.adjusted_difference,
    effects.adjusted_low,
    effects.adjusted_high,
    effects.adjusted_p_value,
    effects.rate_difference,
    effects.rate_difference_low,
    effects.rate_difference_high,
    effects.detectable_difference,
    effects.added_amount,
    effects.added_amount_low,
    effects.added_amount_high,
    campaigns.cost_amount
from effects
inner join trials on effects.campaign_id = trials.campaign_id and effects.window_starts_date = trials.window_starts_date
left join {{ ref('int_campaigns__dated') }} as campaigns on trials.campaign_id = campaigns.campaign_id
