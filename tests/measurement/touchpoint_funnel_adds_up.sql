{#-
  Campaigns, touchpoints and schemes whose classes do not add up to all, to the cent; and campaigns whose funnel, where they run, begins with
  others than the treated of campaign_uplift, or ends with another amount. Two reports of one campaign would name two results.
-#}
{%- set counts = [
    'assigned_count', 'sent_count', 'delivered_count', 'opened_count', 'clicked_count', 'ordered_count', 'clicked_ordered_count', 'ordered_net_amount',
] %}

with funnel as (
    select * from {{ ref('touchpoint_funnel') }}
),

everybody as (
    select * from funnel
    where scheme_code = 'all'
),

by_scheme as (
    select
        {% for count in counts -%}
            sum({{ count }}) as {{ count }},
        {% endfor -%}
        campaign_id,
        touchpoint,
        scheme_code
    from funnel
    where scheme_code <> 'all'
    group by campaign_id, touchpoint, scheme_code
),

schemes as (
    select distinct scheme_code from by_scheme
),

apart as (
    select
        everybody.campaign_id,
        schemes.scheme_code
    from everybody
    cross join schemes
    left join by_scheme
        on
            everybody.campaign_id = by_scheme.campaign_id
            and everybody.touchpoint = by_scheme.touchpoint
            and schemes.scheme_code = by_scheme.scheme_code
    where
        false
        {% for count in counts -%}
            or coalesce(by_scheme.{{ count }}, 0) <> everybody.{{ count }}
        {% endfor -%}
),

beside_uplift as (
    select
        uplift.campaign_id,
        uplift.scheme_code
    from {{ ref('campaign_uplift') }} as uplift
    left join everybody on uplift.campaign_id = everybody.campaign_id and uplift.touchpoint = everybody.touchpoint
    where
        uplift.scheme_code = 'all' and uplift.treatment_count > 0
        and (
            coalesce(everybody.assigned_count, 0) <> uplift.treatment_count
            or coalesce(everybody.ordered_count, 0) <> uplift.treatment_buyers_count
            or coalesce(everybody.ordered_net_amount, 0) <> uplift.treatment_net_amount
        )
)

select * from apart
union all
select * from beside_uplift
