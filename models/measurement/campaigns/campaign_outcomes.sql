with people as (
    select * from {{ ref('campaign_people') }}
),

refunded as (
    select
        order_id,
        sum(refund_amount) as refund_amount
    from {{ ref('int_refunds__dated') }}
    group by order_id
),

bought as (
    select
        people.campaign_id,
        people.window_starts_date,
        people.customer_id,
        count(*) as orders_count,
        sum(purchases.payable_amount - coalesce(refunded.refund_amount, 0)) as net_amount
    from people
    inner join {{ ref('int_purchases__counted') }} as purchases
        on
            people.customer_id = purchases.customer_id
            and purchases.ordered_date between people.counts_from_date and people.window_ends_date
    left join refunded on purchases.order_id = refunded.order_id
    where purchases.undone_date = date '9999-12-31'
    group by people.campaign_id, people.window_starts_date, people.customer_id
),

everybody as (
    select
        as_of_date,
        cast(sum(net_amount) as double) / nullif(cast(sum(orders_count) as double), 0) as average_order_amount
    from {{ ref('customer_tags') }}
    group by as_of_date
),

{#- Who was not known before their assignment had spent nothing. #}

known_before as (
    select
        people.campaign_id,
        people.window_starts_date,
        people.customer_id,
        customers.net_amount_365d,
        customers.orders_count_365d,
        {{ value_at_stake('customers', 'everybody.average_order_amount') }} as value_at_stake,
        coalesce(customers.churn_probability_90d, 0.5) as churn_probability
    from people
    inner join {{ ref('customer_tags') }} as customers on people.customer_id = customers.customer_id and people.as_of_date = customers.as_of_date
    inner join everybody on people.as_of_date = everybody.as_of_date
)

select
    people.campaign_id,
    people.window_starts_date,
    people.customer_id,
    people.variant,
    people.sent_status,
    people.as_of_date,
    coalesce(bought.orders_count, 0) as orders_count,
    cast(coalesce(bought.net_amount, 0) as decimal(18, 4)) as net_amount,
    cast(coalesce(known_before.net_amount_365d, 0) as decimal(18, 4)) as net_amount_365d,
    cast(coalesce(known_before.orders_count_365d, 0) as decimal(18, 4)) as orders_count_365d,
    coalesce(known_before.value_at_stake, 0) as value_at_stake,
    coalesce(known_before.value_at_stake * known_before.churn_probability, 0) as value_if_lost,
    coalesce(known_before.value_at_stake * (1 - known_before.churn_probability), 0) as value_if_bought
from people
left join bought
    on
        people.campaign_id = bought.campaign_id
        and people.window_starts_date = bought.window_starts_date
        and people.customer_id = bought.customer_id
left join known_before
    on
        people.campaign_id = known_before.campaign_id
        and people.window_starts_date = known_before.window_starts_date
        and people.customer_id = known_before.customer_id
