{{ config(group='measurement') }}
{#-
  Trials whose people bought for another amount, to the cent, than their orders of the window come to when orders and refunds are each added
  up on their own. Money that is counted twice or lost between orders and effects makes a campaign out of nothing.
-#}
with people as (
    select * from {{ ref('campaign_people') }}
),

orders as (
    select
        people.campaign_id,
        people.window_starts_date,
        purchases.order_id,
        purchases.payable_amount
    from people
    inner join {{ ref('int_purchases__counted') }} as purchases on people.customer_id = purchases.customer_id
    where purchases.ordered_date >= people.counts_from_date and purchases.ordered_date <= people.window_ends_date
),

moved as (
    select
        campaign_id,
        window_starts_date,
        payable_amount as amount
    from orders
    union all
    select
        orders.campaign_id,
        orders.window_starts_date,
        -refunds.refund_amount as amount
    from orders
    inner join {{ ref('int_refunds__dated') }} as refunds on orders.order_id = refunds.order_id
),

expected as (
    select
        campaign_id,
        window_starts_date,
        sum(amount) as net_amount
    from moved
    group by campaign_id, window_starts_date
),

measured as (
    select
        campaign_id,
        window_starts_date,
        sum(net_amount) as net_amount
    from {{ ref('campaign_outcomes') }}
    group by campaign_id, window_starts_date
)

select measured.campaign_id
from measured
left join expected on measured.campaign_id = expected.campaign_id and measured.window_starts_date = expected.window_starts_date
where measured.net_amount <> coalesce(expected.net_amount, 0)
