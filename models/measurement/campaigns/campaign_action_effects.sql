with actions as (
    select
        action_code,
        scheme_code,
        segment_code,
        score
    from {{ ref('action_playbook') }}
),

{#- What a campaign sent says which action it was: the content of its touches. #}

carried as (
    select
        touches.campaign_id,
        touches.content_id as action_code,
        count(distinct touches.customer_id) as touched_count
    from {{ ref('int_touchpoints__unified') }} as touches
    where touches.campaign_id is not null and touches.content_id is not null
    group by touches.campaign_id, touches.content_id
),

{#- Of two actions for one class nobody can say which of them it was. #}

linked as (
    select
        carried.campaign_id,
        actions.*,
        carried.touched_count,
        count(*) over (partition by carried.campaign_id, actions.scheme_code, actions.segment_code) as class_actions_count
    from carried
    inner join actions on carried.action_code = actions.action_code
),

stakes as (
    select
        campaign_id,
        scheme_code,
        segment_code,
        sum(customers_count) as customers_count,
        sum(value_at_stake_sum) as value_at_stake_sum,
        sum(value_if_lost_sum) as value_if_lost_sum,
        sum(value_if_bought_sum) as value_if_bought_sum
    from {{ ref('campaign_effects__summed') }}
    where variant in ('treatment', 'holdout') and not is_global
    group by campaign_id, scheme_code, segment_code
),

joined as (
    select
        linked.campaign_id,
        linked.action_code,
        linked.scheme_code,
        linked.segment_code,
        linked.touched_count,
        effects.treatment_count,
        effects.holdout_count,
        case when linked.class_actions_count > 1 then 'several_actions' else effects.status end as effect_status,
        effects.difference,
        effects.difference_error,
        case linked.score when 'churn' then stakes.value_if_lost_sum when 'purchase' then stakes.value_if_bought_sum else stakes.value_at_stake_sum end
        / nullif(stakes.customers_count, 0) as mean_stake
    from linked
    inner join {{ ref('campaign_uplift') }} as effects
        on
            linked.campaign_id = effects.campaign_id
            and linked.scheme_code = effects.scheme_code
            and linked.segment_code = effects.segment_code
    inner join stakes
        on
            linked.campaign_id = stakes.campaign_id
            and linked.scheme_code = stakes.scheme_code
            and linked.segment_code = stakes.segment_code
),

judged as (
    select
        *,
        case when effect_status = 'measured' and coalesce(mean_stake, 0) = 0 then 'nothing_at_stake' else effect_status end as status
    from joined
)

select
    campaign_id,
    action_code,
    scheme_code,
    segment_code,
    status,
    touched_count,
    treatment_count,
    holdout_count,
    difference,
    difference_error,
    mean_stake as mean_stake_amount,
    case when status = 'measured' then difference / nullif(mean_stake, 0) end as uplift,
    case when status = 'measured' then difference_error / nullif(mean_stake, 0) end as uplift_error
from judged
