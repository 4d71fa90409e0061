{{ config(group='measurement') }}

{#-
  Customers whose purchases here are not those of their tags at the newest date, in number or money. Two numbers for one customer's spending
  end every meeting in which both are shown.
-#}
with tags as (
    select
        customer_id,
        orders_count,
        net_amount
    from {{ ref('customer_tags') }}
    where is_current
),

purchases as (
    select
        customer_id,
        count(*) as orders_count,
        sum(net_amount) as net_amount
    from {{ ref('purchase_amounts') }}
    where customer_id is not null
    group by customer_id
)

select
    coalesce(tags.customer_id, purchases.customer_id) as customer_id,
    tags.orders_count,
    purchases.orders_count as measured_orders_count,
    tags.net_amount,
    purchases.net_amount as measured_net_amount
from tags
full outer join purchases on tags.customer_id = purchases.customer_id
where coalesce(tags.orders_count, -1) <> coalesce(purchases.orders_count, 0) or coalesce(tags.net_amount, -1) <> coalesce(purchases.net_amount, 0)
