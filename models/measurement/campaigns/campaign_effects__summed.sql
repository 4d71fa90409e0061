{%- set variables = {'net': 'net_amount', 'before_net': 'net_amount_365d', 'before_orders': 'orders_count_365d'} %}
{%- set names = variables | list %}

with outcomes as (
    select * from {{ ref('campaign_outcomes') }}
),

classes as (
    select * from {{ ref('campaign_classes') }}
)

select
    classes.campaign_id,
    classes.window_starts_date,
    classes.scheme_code,
    classes.segment_code,
    outcomes.variant,
    trials.is_global,
    trials.is_ended,
    count(*) as customers_count,
    count(case when outcomes.orders_count > 0 then 1 end) as buyers_count,
    {% for name, column in variables.items() -%}
        cast(sum(outcomes.{{ column }}) as decimal(38, 4)) as {{ name }}_sum,
        {% for other, other_column in variables.items() if names.index(other) >= names.index(name) -%}
            cast(sum(outcomes.{{ column }} * outcomes.{{ other_column }}) as decimal(38, 8)) as {{ name }}_{{ other }}_sum,
        {% endfor -%}
    {% endfor -%}
    {{ exact_sum('outcomes.value_at_stake') }} as value_at_stake_sum,
    {{ exact_sum('outcomes.value_if_lost') }} as value_if_lost_sum,
    {{ exact_sum('outcomes.value_if_bought') }} as value_if_bought_sum
from classes
inner join outcomes
    on classes.campaign_id = outcomes.campaign_id and classes.window_starts_date = outcomes.window_starts_date and classes.customer_id = outcomes.customer_id
inner join {{ ref('campaign_trials') }} as trials
    on classes.campaign_id = trials.campaign_id and classes.window_starts_date = trials.window_starts_date
group by
    classes.campaign_id, classes.window_starts_date, classes.scheme_code, classes.segment_code, outcomes.variant, trials.is_global, trials.is_ended
