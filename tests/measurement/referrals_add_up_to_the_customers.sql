{#-
  Every customer was brought by one inviter or by nobody, and their purchases count there. Otherwise two inviters are rewarded for one
  customer, or a customer for themselves.
#}
with rows_of_a_date as (
    select
        as_of_date,
        sum(invited_count) as customers_count,
        sum(bought_count) as buyers_count,
        sum(orders_count) as orders_count,
        sum(net_amount) as net_amount,
        sum(referrals_count) as referrals_count
    from {{ ref('referral_performance') }}
    group by as_of_date
),

customers as (
    select
        as_of_date,
        count(*) as customers_count,
        count(case when orders_count > 0 then 1 end) as buyers_count,
        sum(orders_count) as orders_count,
        sum(net_amount) as net_amount,
        sum(referrals_count) as referrals_count
    from {{ ref('customer_tags') }}
    group by as_of_date
)

select customers.*
from customers
full outer join rows_of_a_date on customers.as_of_date = rows_of_a_date.as_of_date
where
    customers.customers_count is distinct from rows_of_a_date.customers_count
    or customers.buyers_count is distinct from rows_of_a_date.buyers_count
    or customers.orders_count is distinct from rows_of_a_date.orders_count
    or customers.net_amount is distinct from rows_of_a_date.net_amount
    or customers.referrals_count is distinct from rows_of_a_date.referrals_count
