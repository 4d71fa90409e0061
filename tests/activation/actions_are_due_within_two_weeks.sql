{#- Actions planned for a day that has passed, or for one that nobody looks at yet. -#}
select
    customer_id,
    action_code,
    due_date
from {{ ref('touch_calendar') }}
where due_date <= as_of_date or due_date > {{ days_after('as_of_date', 14) }}
