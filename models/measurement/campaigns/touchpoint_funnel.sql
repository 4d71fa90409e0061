{#- Each rate is a part of the step before it that must hold it. -#}
{%- set rates = {
    'sent': ('sent_count', 'assigned_count'),
    'delivered': ('delivered_count', 'sent_count'),
    'opened': ('opened_count', 'delivered_count'),
    'clicked': ('clicked_count', 'opened_count'),
    'ordered': ('ordered_count', 'assigned_count'),
    'clicked_ordered': ('clicked_ordered_count', 'clicked_count'),
} %}

with trials as (
    select * from {{ ref('campaign_trials') }}
),

counted as (
    select * from {{ ref('touchpoint_funnel__counted') }}
)

select
    counted.campaign_id,
    counted.touchpoint,
    counted.scheme_code,
    counted.segment_code,
    campaigns.campaign_name,
    trials.window_starts_date,
    trials.window_ends_date,
    trials.is_ended,
    trials.has_members,
    counted.assigned_count,
    counted.sent_count,
    counted.delivered_count,
    counted.opened_count,
    counted.clicked_count,
    counted.ordered_count,
    counted.clicked_ordered_count,
    {% for name, (part, whole) in rates.items() -%}
        {{ share('counted.' ~ part, 'counted.' ~ whole) }} as {{ name }}_rate,
        {{ wilson_bound('counted.' ~ part, 'counted.' ~ whole, '-') }} as {{ name }}_rate_low,
        {{ wilson_bound('counted.' ~ part, 'counted.' ~ whole, '+') }} as {{ name }}_rate_high,
    {% endfor -%}
    counted.ordered_net_amount
from counted
inner join trials on counted.campaign_id = trials.campaign_id and counted.window_starts_date = trials.window_starts_date
left join {{ ref('int_campaigns__dated') }} as campaigns on counted.campaign_id = campaigns.campaign_id
