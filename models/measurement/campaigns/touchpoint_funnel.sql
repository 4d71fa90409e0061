{#- Each rate is a part of the step before it that must hold it. z: 95 % of the normal distribution. -#}
{%- set rates = {
    'sent': ('sent_count', 'assigned_count'),
    'delivered': ('delivered_count', 'sent_count'),
    'opened': ('opened_count', 'delivered_count'),
    'clicked': ('clicked_count', 'opened_count'),
    'ordered': ('ordered_count', 'assigned_count'),
    'clicked_ordered': ('clicked_ordered_count', 'clicked_count'),
} %}
{%- set z = 'cast(1.959963984540054 as double)' %}

with trials as (
    select * from {{ ref('campaign_trials') }}
),

counted as (
    select * from {{ ref('touchpoint_funnel__counted') }}
),

rated as (
    select
        {% for name, (part, whole) in rates.items() -%}
            cast(nullif({{ whole }}, 0) as double) as {{ name }}_base,
            cast({{ part }} as double) / nullif({{ whole }}, 0) as {{ name }}_rate,
        {% endfor -%}
        counted.*
    from counted
),

{#- Wilson's interval: its middle, and how far it reaches to both sides. #}

spread as (
    select
        {% for name in rates -%}
            ({{ name }}_rate + {{ z }} * {{ z }} / (2 * {{ name }}_base)) / (1 + {{ z }} * {{ z }} / {{ name }}_base) as {{ name }}_middle,
            {{ z }} * sqrt({{ name }}_rate * (1 - {{ name }}_rate) / {{ name }}_base + {{ z }} * {{ z }} / (4 * {{ name }}_base * {{ name }}_base))
            / (1 + {{ z }} * {{ z }} / {{ name }}_base) as {{ name }}_reach,
        {% endfor -%}
        rated.*
    from rated
)

select
    spread.campaign_id,
    spread.touchpoint,
    spread.scheme_code,
    spread.segment_code,
    campaigns.campaign_name,
    trials.window_starts_date,
    trials.window_ends_date,
    trials.is_ended,
    trials.has_members,
    spread.assigned_count,
    spread.sent_count,
    spread.delivered_count,
    spread.opened_count,
    spread.clicked_count,
    spread.ordered_count,
    spread.clicked_ordered_count,
    {% for name in rates -%}
        spread.{{ name }}_rate,
        case when spread.{{ name }}_base is not null then greatest(spread.{{ name }}_middle - spread.{{ name }}_reach, 0) end as {{ name }}_rate_low,
        case when spread.{{ name }}_base is not null then least(spread.{{ name }}_middle + spread.{{ name }}_reach, 1) end as {{ name }}_rate_high,
    {% endfor -%}
    spread.ordered_net_amount
from spread
inner join trials on spread.campaign_id = trials.campaign_id and spread.window_starts_date = trials.window_starts_date
left join {{ ref('int_campaigns__dated') }} as campaigns on spread.campaign_id = campaigns.campaign_id
