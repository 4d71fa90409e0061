{%- set earliest = "cast('" ~ var('earliest_date') ~ "' as date)" -%}

with people as (
    select
        identifier,
        customer_id
    from {{ ref('int_identity__resolved') }}
    where identifier_type = 'customer_id'
),

listed as (
    select
        customer_id,
        assigned_date as seen_date
    from {{ ref('stg_campaign_members') }}
    union all
    select
        customer_id,
        tagged_date
    from {{ ref('stg_manual_tags') }}
),

{#- A registration, assignment or note without a date: known from the start. #}

seen as (
    select
        customer_id,
        activity_date as seen_date
    from {{ ref('int_customer_days') }}
    union all
    select
        customer_id,
        coalesce(registered_date, {{ earliest }})
    from {{ ref('int_customers__described') }}
    union all
    select
        people.customer_id,
        coalesce(listed.seen_date, {{ earliest }})
    from listed
    inner join people on listed.customer_id = people.identifier
)

select
    seen.customer_id,
    min(seen.seen_date) as known_date
from seen
group by seen.customer_id
