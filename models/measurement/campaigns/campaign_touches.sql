with touches as (
    select
        campaign_id,
        customer_id,
        touchpoint,
        occurred_date,
        case event_type when 'message_clicked' then 3 when 'message_opened' then 2 else 1 end as step_reached
    from {{ ref('int_touchpoints__unified') }}
    where
        campaign_id is not null
        and customer_id is not null
        and event_type in ('message_delivered', 'moments_shown', 'message_opened', 'message_clicked')
)

select
    touches.campaign_id,
    trials.window_starts_date,
    touches.customer_id,
    coalesce(touches.touchpoint, trials.touchpoint) as touchpoint,
    trials.has_members,
    max(touches.step_reached) as step_reached,
    min(touches.occurred_date) as first_touch_date
from touches
inner join {{ ref('campaign_trials') }} as trials on touches.campaign_id = trials.campaign_id
where not trials.is_global and touches.occurred_date between trials.window_starts_date and trials.window_ends_date
group by touches.campaign_id, trials.window_starts_date, touches.customer_id, coalesce(touches.touchpoint, trials.touchpoint), trials.has_members
