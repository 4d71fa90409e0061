{#-
  2. In which lifecycle stage did net amount change since the month before, and by what?
  2. 与上月相比，净销售额在哪些生命周期阶段变了，原因是什么？
  Each row is a stage in the newest complete month, the largest change first: what customers brought who are new, came from
  another stage or left for one, and what those who stayed did otherwise.

      dbt show --select which_class_moved_revenue --limit 10
  picture: bar x=segment_code y=change_amount
-#}

with months as (
    select period_code from {{ ref('period_comparisons') }}
    where period_kind = 'month' and comparison_code = 'before'
)

select
    segment_code,
    round(change_amount, 2) as change_amount,
    round(entry_amount + exit_amount, 2) as new_and_gone,
    round(migrated_in_amount + migrated_out_amount, 2) as moved_between,
    round(buyers_amount, 2) as buyers,
    round(orders_per_buyer_amount, 2) as orders_per_buyer,
    round(amount_per_order_amount, 2) as amount_per_order,
    round(anonymous_amount, 2) as anonymous
from {{ ref('gmv_bridge') }}
where
    scheme_code = 'lifecycle' and measure_code = 'net_amount' and comparison_code = 'before'
    and period_code = (select max(period_code) from months)
order by change_amount desc, segment_code asc
