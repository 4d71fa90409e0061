with trials as (
    select * from {{ ref('campaign_trials') }}
    where is_global
),

effects as (
    select * from {{ ref('campaign_effects__counted') }}
    where scheme_code = 'all'
),

{#- A campaign belongs to the month in which it started. #}

single as (
    select
        cast(date_trunc('month', window_starts_date) as date) as month_starts_date,
        count(*) as campaigns_count,
        count(case when status = 'measured' then 1 end) as measured_campaigns_count,
        sum(case when status = 'measured' then treatment_count else 0 end) as measured_customers_count,
        {{ exact_sum("case when status = 'measured' then added_amount end") }} as single_effects_amount
    from {{ ref('campaign_uplift') }}
    where scheme_code = 'all'
    group by cast(date_trunc('month', window_starts_date) as date)
)

select
    trials.campaign_id,
    trials.window_starts_date as month_starts_date,
    campaigns.campaign_name,
    trials.window_ends_date,
    'fixed_end' as interval_kind,
    effects.status,
    effects.treatment_count,
    effects.holdout_count,
    effects.contaminated_count,
    cast(coalesce(messages.treatment_messages_count, 0) as bigint) as treatment_messages_count,
    cast(coalesce(messages.holdout_messages_count, 0) as bigint) as holdout_messages_count,
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
    effects.difference_low,
    effects.difference_high,
    effects.p_value,
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
    coalesce(single.campaigns_count, 0) as campaigns_count,
    coalesce(single.measured_campaigns_count, 0) as measured_campaigns_count,
    cast(coalesce(single.measured_customers_count, 0) as bigint) as measured_customers_count,
    single.single_effects_amount
from effects
inner join trials on effects.campaign_id = trials.campaign_id and effects.window_starts_date = trials.window_starts_date
left join {{ ref('int_campaigns__dated') }} as campaigns on trials.campaign_id = campaigns.campaign_id
left join {{ ref('programme_messages') }} as messages on trials.campaign_id = messages.campaign_id and trials.window_starts_date = messages.window_starts_date
left join single on trials.window_starts_date = single.month_starts_date
