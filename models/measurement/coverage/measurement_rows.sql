{{ config(materialized='view') }}

{#- A view sees the text of ref() only, so each measure is named where it stands, with the rows that say "not enough data". -#}
{%- set measures = {
    'periods': (ref('periods'), none),
    'period_comparisons': (ref('period_comparisons'), none),
    'gmv_bridge': (ref('gmv_bridge'), none),
    'segment_concentration': (ref('segment_concentration'), none),
    'segment_lorenz': (ref('segment_lorenz'), none),
    'cohort_retention': (ref('cohort_retention'), none),
    'core_pool_growth': (ref('core_pool_growth'), 'base_customers_count = 0'),
    'unit_economics': (ref('unit_economics'), 'not has_costs'),
    'segment_health': (ref('segment_health'), "verdict = 'not_enough_data'"),
    'campaign_uplift': (ref('campaign_uplift'), "status = 'not_enough_data'"),
    'programme_uplift': (ref('programme_uplift'), "status = 'not_enough_data'"),
    'touchpoint_funnel': (ref('touchpoint_funnel'), none),
    'campaign_action_effects': (ref('campaign_action_effects'), "status = 'not_enough_data'"),
    'daily_contacts': (ref('daily_contacts'), none),
    'daily_groups': (ref('daily_groups'), none),
    'daily_alerts': (ref('daily_alerts'), "verdict = 'nothing_to_compare'"),
    'group_survival': (ref('group_survival'), none),
    'group_log_rank': (ref('group_log_rank'), "verdict = 'not_enough_data'"),
    'group_activity': (ref('group_activity'), none),
    'staff_performance': (ref('staff_performance'), none),
    'staff_crowds': (ref('staff_crowds'), none),
    'referral_performance': (ref('referral_performance'), none),
    'channel_quality': (ref('channel_quality'), 'buyers_count > 0 and ltv is null'),
    'chain_funnel': (ref('chain_funnel'), none),
    'product_association': (ref('product_association'), none),
    'product_performance': (ref('product_performance'), none),
} -%}

{% for measure, (relation, not_enough) in measures.items() -%}
    select
        '{{ measure }}' as measure,
        count(*) as rows_count,
        {{ 'count(case when ' ~ not_enough ~ ' then 1 end)' if not_enough else 'cast(0 as bigint)' }} as not_enough_data_count
    from {{ relation }}
    {{ 'union all' if not loop.last }}
{% endfor %}
