{#-
  1. Who will run out of food this week, and of what?
  1. 这周谁的粮快吃完了，该补哪一款？
  Each row is a customer whose own rhythm says that the next order is due within seven days,
  with the product to speak of; those that may be written to.

      dbt show --select who_runs_out_of_food --limit 10
-#}

select
    customer_id,
    next_order_due_date,
    product_name,
    reason_en,
    round(value_at_stake, 2) as value_at_stake,
    channel,
    sender_userid
from {{ ref('repurchase_due') }}
where is_usable and days_until_due >= 0
order by next_order_due_date asc, value_at_stake desc, customer_id asc
