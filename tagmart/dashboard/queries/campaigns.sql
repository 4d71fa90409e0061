with latest as (
    select distinct on (campaign_id)
        campaign_id,
        window_ends_date
    from measurement.campaign_uplift
    where scheme_code = 'all'
    order by campaign_id
),

ranked as (
    select
        campaign_id,
        row_number() over (order by window_ends_date desc, campaign_id) as place
    from latest
)

select
    uplift.campaign_id,
    uplift.scheme_code,
    uplift.segment_code,
    uplift.campaign_name,
    uplift.campaign_kind,
    uplift.touchpoint,
    uplift.window_starts_date,
    uplift.window_ends_date,
    uplift.status,
    uplift.treatment_count,
    uplift.holdout_count,
    uplift.adjusted_difference,
    uplift.adjusted_low,
    uplift.adjusted_high,
    uplift.rate_difference,
    uplift.rate_difference_low,
    uplift.rate_difference_high,
    uplift.detectable_difference,
    uplift.added_amount,
    uplift.added_amount_low,
    uplift.added_amount_high,
    uplift.cost_amount
from measurement.campaign_uplift as uplift
inner join ranked on uplift.campaign_id = ranked.campaign_id
where ranked.place <= 60 and (uplift.scheme_code = 'all' or uplift.status = 'measured')
order by uplift.window_ends_date desc, uplift.campaign_id, uplift.scheme_code, uplift.segment_code
