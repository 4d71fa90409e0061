with touches as (
    select * from {{ ref('int_touchpoints__unified') }}
    where content_id is not null and customer_id is not null
),

actions as (
    select distinct action_code
    from {{ ref('action_playbook') }}
)

select
    touches.customer_id,
    actions.action_code,
    max(touches.occurred_date) as last_taken_date
from touches
inner join actions on touches.content_id = actions.action_code
group by touches.customer_id, actions.action_code
