{#-
  19. Which product should we speak of after another one was bought?
  19. 客户买了一个商品之后，下一单该推荐什么？
  Each row is a product and another one that the same customers have in their next order clearly more often than by chance,
  the strongest first; a lift of 1 is chance.

      dbt show --select what_goes_into_the_next_order --limit 10
  picture: bar x=pair y=shrunk_lift
-#}

select
    sku_id || ' → ' || other_sku_id as pair,
    product_name,
    other_product_name,
    pair_count,
    confidence,
    shrunk_lift,
    median_days_between
from {{ ref('product_association') }}
where kind = 'in_sequence' and sku_id <> other_sku_id and shrunk_lift > 1
order by shrunk_lift desc, sku_id asc, other_sku_id asc
limit 15
