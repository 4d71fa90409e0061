with trials as (
    select * from {{ ref('campaign_trials') }}
),

{#- Who is assigned within a month of a hold-out from everything joins with the next month: all have the same days. #}

members as (
    select
        trials.campaign_id,
        trials.window_starts_date,
        trials.window_ends_date,
        members.customer_id,
        members.variant,
        members.sent_status,
        members.assigned_date
    from {{ ref('int_campaign_members__dated') }} as members
    inner join trials on members.campaign_id = trials.campaign_id
    where
        members.assigned_date is null
        or members.assigned_date <= case when trials.is_global then trials.window_starts_date else trials.window_ends_date end
),

{#- A campaign without a list of members reached whom it touched. #}

touched as (
    select
        touches.campaign_id,
        touches.window_starts_date,
        trials.window_ends_date,
        touches.customer_id,
        'touched' as variant,
        cast(null as bigint) as sent_status,
        min(touches.first_touch_date) as assigned_date
    from {{ ref('campaign_touches') }} as touches
    inner join trials on touches.campaign_id = trials.campaign_id and touches.window_starts_date = trials.window_starts_date
    where not touches.has_members
    group by touches.campaign_id, touches.window_starts_date, trials.window_ends_date, touches.customer_id
),

people as (
    select * from members
    union all
    select * from touched
),

dates_before as (
    select
        assigned.assigned_date,
        max(dates.as_of_date) as as_of_date
    from (select distinct assigned_date from people) as assigned
    inner join {{ ref('int_as_of_dates') }} as dates on assigned.assigned_date > dates.as_of_date
    group by assigned.assigned_date
)

select
    people.campaign_id,
    people.window_starts_date,
    people.window_ends_date,
    people.customer_id,
    people.variant,
    people.sent_status,
    greatest(coalesce(people.assigned_date, people.window_starts_date), people.window_starts_date) as counts_from_date,
    dates_before.as_of_date
from people
left join dates_before on people.assigned_date = dates_before.assigned_date
