{#-
  3. How many customers does most of the year's money hang on, and is it becoming fewer?
  3. 一年的净消费集中在多少客户身上，集中度在上升吗？
  Each row is a date: customers who spent in the 365 days before, the fewest that make 80 % of it, what the top 20 % make, and the
  Gini coefficient (0: all spend the same).

      dbt show --select how_much_hangs_on_how_few --limit 13
  picture: line x=as_of_date y=top_20_amount_share
-#}

select
    as_of_date,
    customers_count,
    head_customers_count as customers_making_80_percent,
    round(top_20_amount_share, 4) as top_20_amount_share,
    round(gini, 4) as gini
from {{ ref('segment_concentration') }}
where scheme_code = '_brand'
order by as_of_date
