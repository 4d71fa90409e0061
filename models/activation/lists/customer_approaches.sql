{{ config(materialized='view') }}

select
    stakes.customer_id,
    stakes.value_at_stake,
    stakes.churn_probability,
    routes.channel,
    routes.sender_userid,
    routes.blocked_reason,
    routes.is_over_cap,
    routes.is_usable
from {{ ref('customer_stakes') }} as stakes
inner join {{ ref('contact_routes') }} as routes on stakes.customer_id = routes.customer_id
