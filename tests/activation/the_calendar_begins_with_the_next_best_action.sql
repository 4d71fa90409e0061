{#- First days of touch_calendar that differ from next_best_action: whoever reads both would send two messages. -#}
select
    coalesce(actions.customer_id, planned.customer_id) as customer_id,
    actions.action_code,
    planned.action_code as planned_action_code
from {{ ref('next_best_action') }} as actions
full outer join (
    select * from {{ ref('touch_calendar') }}
    where due_date = {{ days_after('as_of_date', 1) }}
) as planned on actions.customer_id = planned.customer_id
where
    actions.action_code is distinct from planned.action_code
    or actions.channel is distinct from planned.channel
    or actions.is_usable is distinct from planned.is_usable
