{#-
  9. Which actions are proposed most, and what are they worth?
  9. 建议最多的动作是哪些，值多少？
  Each row is an action of the playbook: for how many customers it is the best tomorrow, to how many it may go out, and what those are expected to bring.

      dbt show --select which_actions_are_proposed --limit 10
-#}

select
    action_code,
    action_en,
    action_zh,
    offer,
    count(*) as proposed,
    count(case when is_usable then 1 end) as usable,
    round(sum(case when is_usable then expected_value else 0 end), 2) as expected_value
from {{ ref('next_best_action') }}
group by action_code, action_en, action_zh, offer
order by proposed desc, action_code asc
