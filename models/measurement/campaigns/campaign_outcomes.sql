with people as (
    select * from {{ ref('campaign_people') }}
),

bought as (
    select * from {{ ref('campaign_purchases') }}
),

{#- Who was not known before their assignment had spent nothing. #}

known_before as (
    select * from {{ ref('campaign_known_before') }}
)

select
    people.campaign_id,
    people.window_starts_date,
    people.customer_id,
    people.variant,
    people.sent_status,
    people.as_of_date,
    coalesce(bought.orders_count, 0) as orders_count,
    cast(coalesce(bought.net_amount, 0) as decimal(18, 4)) as net_amount,
    cast(coalesce(known_before.net_amount_365d, 0) as decimal(18, 4)) as net_amount_365d,
    cast(coalesce(known_before.orders_count_365d, 0) as decimal(18, 4)) as orders_count_365d,
    coalesce(known_before.value_at_stake, 0) as value_at_stake,
    coalesce(known_before.value_at_stake * known_before.churn_probability, 0) as value_if_lost,
    coalesce(known_before.value_at_stake * (1 - known_before.churn_probability), 0) as value_if_bought
from people
left join bought
    on people.campaign_id = bought.campaign_id and people.window_starts_date = bought.window_starts_date and people.customer_id = bought.customer_id
left join known_before
    on
        people.campaign_id = known_before.campaign_id
        and people.window_starts_date = known_before.window_starts_date
        and people.customer_id = known_before.customer_id
