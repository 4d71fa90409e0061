with people as (
    select
        people.*,
        trials.touchpoint
    from {{ ref('campaign_people') }} as people
    inner join {{ ref('campaign_trials') }} as trials on people.campaign_id = trials.campaign_id and people.window_starts_date = trials.window_starts_date
    where people.variant in ('treatment', 'touched') and not trials.is_global
),

touches as (
    select * from {{ ref('campaign_touches') }}
),

{#- Who is on the list was meant to be reached where the campaign runs; whoever it touched elsewhere was meant to be there. #}

meant as (
    select
        campaign_id,
        window_starts_date,
        customer_id,
        touchpoint
    from people
    where variant = 'treatment'
    union
    select
        people.campaign_id,
        people.window_starts_date,
        people.customer_id,
        touches.touchpoint
    from people
    inner join touches on people.campaign_id = touches.campaign_id and people.customer_id = touches.customer_id
)

select
    meant.campaign_id,
    meant.window_starts_date,
    meant.touchpoint,
    meant.customer_id,
    coalesce(meant.touchpoint = people.touchpoint and people.sent_status = 1, false) or touches.step_reached is not null as is_sent,
    coalesce(touches.step_reached, 0) as step_reached
from meant
inner join people on meant.campaign_id = people.campaign_id and meant.customer_id = people.customer_id
left join touches
    on
        meant.campaign_id = touches.campaign_id
        and meant.customer_id = touches.customer_id
        and meant.touchpoint = touches.touchpoint
