{{ config(group='activation') }}

{#- Offers that give away more than an average product of the customer's category leaves, where costs are known: each sale loses money. -#}
select
    planned.customer_id,
    planned.action_code,
    playbook.offer_share,
    stakes.margin_share
from {{ ref('touch_calendar') }} as planned
inner join {{ ref('action_playbook') }} as playbook on planned.action_code = playbook.action_code
inner join {{ ref('customer_stakes') }} as stakes on planned.customer_id = stakes.customer_id
where playbook.offer_share > 0 and playbook.offer_share > stakes.margin_share
