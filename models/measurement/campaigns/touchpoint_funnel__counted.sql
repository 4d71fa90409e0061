with people as (
    select * from {{ ref('touchpoint_funnel__people') }}
),

outcomes as (
    select * from {{ ref('campaign_outcomes') }}
),

classes as (
    select * from {{ ref('campaign_classes') }}
)

select
    people.campaign_id,
    people.window_starts_date,
    people.touchpoint,
    classes.scheme_code,
    classes.segment_code,
    count(*) as assigned_count,
    count(case when people.is_sent then 1 end) as sent_count,
    count(case when people.step_reached >= 1 then 1 end) as delivered_count,
    count(case when people.step_reached >= 2 then 1 end) as opened_count,
    count(case when people.step_reached >= 3 then 1 end) as clicked_count,
    count(case when outcomes.orders_count > 0 then 1 end) as ordered_count,
    count(case when people.step_reached >= 3 and outcomes.orders_count > 0 then 1 end) as clicked_ordered_count,
    cast(sum(outcomes.net_amount) as decimal(18, 4)) as ordered_net_amount
from people
inner join outcomes
    on
        people.campaign_id = outcomes.campaign_id
        and people.window_starts_date = outcomes.window_starts_date
        and people.customer_id = outcomes.customer_id
inner join classes
    on
        people.campaign_id = classes.campaign_id
        and people.window_starts_date = classes.window_starts_date
        and people.customer_id = classes.customer_id
group by people.campaign_id, people.window_starts_date, people.touchpoint, classes.scheme_code, classes.segment_code
