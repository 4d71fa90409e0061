{%- set columns = {
    'treatment_count': ('customers_count', 'treatment', 'bigint'),
    'holdout_count': ('customers_count', 'holdout', 'bigint'),
    'contaminated_count': ('customers_count', 'contaminated', 'bigint'),
    'treatment_buyers_count': ('buyers_count', 'treatment', 'bigint'),
    'holdout_buyers_count': ('buyers_count', 'holdout', 'bigint'),
    'treatment_net_amount': ('net_sum', 'treatment', 'decimal(18, 4)'),
    'holdout_net_amount': ('net_sum', 'holdout', 'decimal(18, 4)'),
} %}

with summed as (
    select * from {{ ref('campaign_effects__summed') }}
),

counted as (
    select
        {% for name, (column, variant, type) in columns.items() -%}
            cast(sum(case when variant = '{{ variant }}' then {{ column }} else 0 end) as {{ type }}) as {{ name }},
        {% endfor -%}
        campaign_id,
        window_starts_date,
        scheme_code,
        segment_code
    from summed
    where variant <> 'touched' or scheme_code = 'all'
    group by campaign_id, window_starts_date, scheme_code, segment_code
)

select
    counted.*,
    cast(counted.treatment_net_amount as double) / nullif(counted.treatment_count, 0) as treatment_mean_amount,
    cast(counted.holdout_net_amount as double) / nullif(counted.holdout_count, 0) as holdout_mean_amount,
    fits.status,
    fits.planned_treatment_share,
    fits.sample_ratio_statistic,
    fits.sample_ratio_p_value,
    fits.difference,
    fits.difference_error,
    fits.difference_low,
    fits.difference_high,
    fits.p_value,
    fits.holm_p_value,
    fits.adjusted_difference,
    fits.adjusted_low,
    fits.adjusted_high,
    fits.adjusted_p_value,
    fits.rate_difference,
    fits.rate_difference_low,
    fits.rate_difference_high,
    fits.detectable_difference,
    fits.difference * counted.treatment_count as added_amount,
    fits.difference_low * counted.treatment_count as added_amount_low,
    fits.difference_high * counted.treatment_count as added_amount_high
from counted
inner join {{ ref('fit_campaign_effects') }} as fits
    on
        counted.campaign_id = fits.campaign_id
        and counted.window_starts_date = fits.window_starts_date
        and counted.scheme_code = fits.scheme_code
        and counted.segment_code = fits.segment_code
