{#- Of fewer customers than this, 30 days say nothing about a class. -#}
{%- set fewest_customers = 30 -%}

with sizes as (
    select sizes.*
    from {{ ref('segment_sizes') }} as sizes
    inner join {{ ref('int_as_of_dates') }} as dates on sizes.as_of_date = dates.as_of_date
    where dates.is_current
),

definitions as (
    select * from {{ ref('segment_definitions') }}
),

neighbours as (
    select * from {{ ref('class_neighbours') }}
),

stability as (
    select * from {{ ref('class_stability') }}
),

actions as (
    select * from {{ ref('class_actions') }}
),

outcomes as (
    select * from {{ ref('class_outcomes') }}
),

contrasts as (
    select
        *,
        coalesce(buyers_share_difference_low > 0 or buyers_share_difference_high < 0, false)
        or coalesce(net_amount_difference_low > 0 or net_amount_difference_high < 0, false) as has_other_outcomes
    from {{ ref('fit_class_contrasts') }}
    where customers_count >= {{ fewest_customers }} and neighbour_customers_count >= {{ fewest_customers }}
)

select
    sizes.as_of_date,
    sizes.scheme_code,
    sizes.segment_code,
    definitions.name_en,
    definitions.name_zh,
    neighbours.neighbour_segment_code,
    sizes.customers_count,
    sizes.share,
    {{ share('stability.kept_customers_count', 'stability.earlier_customers_count') }} as stability_share,
    actions.actions_count,
    actions.shared_actions_count,
    actions.has_own_actions,
    outcomes.outcome_from_date,
    outcomes.customers_count as outcome_customers_count,
    {{ share('outcomes.buyers_count', 'outcomes.customers_count') }} as buyers_share_30d,
    {{ share('outcomes.net_sum', 'outcomes.customers_count') }} as net_amount_per_customer_30d,
    contrasts.buyers_share_difference,
    contrasts.buyers_share_difference_low,
    contrasts.buyers_share_difference_high,
    contrasts.net_amount_difference,
    contrasts.net_amount_difference_low,
    contrasts.net_amount_difference_high,
    contrasts.has_other_outcomes,
    case
        when contrasts.has_other_outcomes is null then 'not_enough_data'
        when contrasts.has_other_outcomes and actions.has_own_actions then 'of_use'
        when contrasts.has_other_outcomes then 'without_action'
        when actions.has_own_actions then 'same_outcome'
        else 'statistical_only'
    end as verdict
from sizes
inner join definitions on sizes.scheme_code = definitions.scheme_code and sizes.segment_code = definitions.segment_code
inner join neighbours on sizes.scheme_code = neighbours.scheme_code and sizes.segment_code = neighbours.segment_code
inner join actions on sizes.scheme_code = actions.scheme_code and sizes.segment_code = actions.segment_code
left join stability on sizes.scheme_code = stability.scheme_code and sizes.segment_code = stability.segment_code
left join outcomes on sizes.scheme_code = outcomes.scheme_code and sizes.segment_code = outcomes.segment_code
left join contrasts on sizes.scheme_code = contrasts.scheme_code and sizes.segment_code = contrasts.segment_code
