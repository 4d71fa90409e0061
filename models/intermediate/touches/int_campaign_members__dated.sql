with members as (
    select * from {{ ref('stg_campaign_members') }}
),

people as (
    select
        identifier,
        customer_id
    from {{ ref('int_identity__resolved') }}
    where identifier_type = 'customer_id'
),

{#- sent_rank: of several rows of a person the one that came nearest to a message counts. #}

rows_dated as (
    select
        members.campaign_id,
        people.customer_id,
        members.variant,
        coalesce(members.assigned_date, campaigns.starts_date) as assigned_date,
        case members.sent_status when 1 then 1 when 3 then 2 when 2 then 3 when 0 then 4 end as sent_rank
    from members
    inner join people on members.customer_id = people.identifier
    left join {{ ref('int_campaigns__dated') }} as campaigns on members.campaign_id = campaigns.campaign_id
),

known as (
    select * from rows_dated
    where assigned_date is null or {{ is_until_newest('assigned_date') }}
),

by_person as (
    select
        campaign_id,
        customer_id,
        min(variant) as variant,
        max(variant) as other_variant,
        min(assigned_date) as assigned_date,
        min(sent_rank) as sent_rank,
        count(*) as member_rows_count
    from known
    group by campaign_id, customer_id
)

select
    campaign_id,
    customer_id,
    case when variant = other_variant then variant else 'contaminated' end as variant,
    assigned_date,
    cast(case sent_rank when 1 then 1 when 2 then 3 when 3 then 2 when 4 then 0 end as bigint) as sent_status,
    member_rows_count
from by_person
