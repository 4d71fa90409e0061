{%- set schemes = ['lifecycle', 'rfm', 'aipl', 'journey', 'value_level', 'price_attitude', 'identity'] %}

with outcomes as (
    select * from {{ ref('campaign_outcomes') }}
),

classes as (
    select * from {{ ref('customer_segments') }}
    where scheme_code in ({% for scheme in schemes %}'{{ scheme }}'{{ ', ' if not loop.last }}{% endfor %})
),

schemes as (
    {% for scheme in schemes -%}
        select '{{ scheme }}' as scheme_code{{ ' union all' if not loop.last }}
    {% endfor %}
),

by_scheme as (
    select
        outcomes.campaign_id,
        outcomes.window_starts_date,
        outcomes.customer_id,
        schemes.scheme_code,
        coalesce(classes.segment_code, 'not_known_before') as segment_code
    from outcomes
    cross join schemes
    left join classes
        on outcomes.customer_id = classes.customer_id and outcomes.as_of_date = classes.as_of_date and schemes.scheme_code = classes.scheme_code
)

select
    campaign_id,
    window_starts_date,
    customer_id,
    'all' as scheme_code,
    'all' as segment_code
from outcomes
union all
select * from by_scheme
