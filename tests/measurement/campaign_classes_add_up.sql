{#-
  Campaigns and schemes whose classes do not add up to all, to the cent. A budget that is split by class would be spent on customers who are
  in two of them, or pass over some who are in none.
-#}
{%- set counts = [
    'treatment_count', 'holdout_count', 'contaminated_count', 'treatment_buyers_count', 'holdout_buyers_count',
    'treatment_net_amount', 'holdout_net_amount',
] %}

with uplift as (
    select * from {{ ref('campaign_uplift') }}
),

everybody as (
    select * from uplift
    where scheme_code = 'all' and treatment_count + holdout_count + contaminated_count > 0
),

by_scheme as (
    select
        {% for count in counts -%}
            sum({{ count }}) as {{ count }},
        {% endfor -%}
        campaign_id,
        scheme_code
    from uplift
    where scheme_code <> 'all'
    group by campaign_id, scheme_code
),

schemes as (
    select distinct scheme_code from by_scheme
)

select
    everybody.campaign_id,
    schemes.scheme_code
from everybody
cross join schemes
left join by_scheme on everybody.campaign_id = by_scheme.campaign_id and schemes.scheme_code = by_scheme.scheme_code
where
    false
    {% for count in counts -%}
        or coalesce(by_scheme.{{ count }}, 0) <> everybody.{{ count }}
    {% endfor -%}
