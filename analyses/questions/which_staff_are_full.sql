{#-
  5. Which members of staff are full tomorrow?
  5. 明天哪些员工排满了？
  A member of staff with no place left is full; what is over capacity goes to nobody, so move contacts or raise var staff_daily_confirmations.

      dbt show --select which_staff_are_full
-#}

select
    sender_userid,
    action_date,
    count(case when is_usable then 1 end) as confirmations,
    {{ var('staff_daily_confirmations') }} - count(case when is_usable then 1 end) as places_left,
    count(case when is_over_staff_capacity then 1 end) as over_capacity,
    round(sum(case when is_over_staff_capacity then expected_value else 0 end), 2) as value_over_capacity
from {{ ref('next_best_action') }}
where sender_userid is not null
group by sender_userid, action_date
order by places_left, sender_userid
