with messages as (
    select
        customer_id,
        cast(date_trunc('month', occurred_date) as date) as window_starts_date,
        count(*) as messages_count
    from {{ ref('int_touchpoints__unified') }}
    where event_type = 'message_delivered' and customer_id is not null
    group by customer_id, cast(date_trunc('month', occurred_date) as date)
)

select
    people.campaign_id,
    people.window_starts_date,
    sum(case when people.variant = 'treatment' then messages.messages_count else 0 end) as treatment_messages_count,
    sum(case when people.variant = 'holdout' then messages.messages_count else 0 end) as holdout_messages_count
from {{ ref('campaign_people') }} as people
inner join {{ ref('campaign_trials') }} as trials on people.campaign_id = trials.campaign_id and people.window_starts_date = trials.window_starts_date
inner join messages on people.customer_id = messages.customer_id and people.window_starts_date = messages.window_starts_date
where trials.is_global
group by people.campaign_id, people.window_starts_date
