with newest as (
    select
        as_of_date,
        {{ days_after('as_of_date', 1) }} as next_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

campaigns as (
    select
        campaigns.campaign_id,
        newest.as_of_date
    from {{ ref('int_campaigns__dated') }} as campaigns
    cross join newest
    where
        campaigns.campaign_kind = 'global'
        and (campaigns.starts_date is null or campaigns.starts_date <= newest.next_date)
        and (campaigns.ends_date is null or campaigns.ends_date >= newest.next_date)
),

people as (
    select
        identifier,
        customer_id
    from {{ ref('int_identity__resolved') }}
    where identifier_type = 'customer_id'
)

{#- One account in the hold-out keeps the whole person out of it: a message to their other account would reach them. #}

select distinct people.customer_id
from {{ ref('stg_campaign_members') }} as members
inner join campaigns on members.campaign_id = campaigns.campaign_id
inner join people on members.customer_id = people.identifier
where members.variant = 'holdout' and (members.assigned_date is null or members.assigned_date <= campaigns.as_of_date)
