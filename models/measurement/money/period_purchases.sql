with purchases as (
    select * from {{ ref('purchase_amounts') }}
),

periods as (
    select * from {{ ref('periods') }}
),

days as (
    select
        customer_id,
        ordered_date,
        count(*) as orders_count,
        sum(net_amount) as net_amount,
        sum(cost_amount) as cost_amount,
        count(case when cost_amount is null then 1 end) as orders_without_cost_count
    from purchases
    group by customer_id, ordered_date
),

{#- Days are few, so the periods of a day are found once, and purchases join them by equality. #}

period_days as (
    select
        periods.period_code,
        order_days.ordered_date
    from (select distinct ordered_date from days) as order_days
    inner join periods on order_days.ordered_date between periods.starts_date and periods.ends_date
)

select
    days.customer_id,
    period_days.period_code,
    cast(sum(days.orders_count) as bigint) as orders_count,
    cast(sum(days.net_amount) as decimal(18, 4)) as net_amount,
    cast(sum(days.cost_amount) as decimal(18, 4)) as cost_amount,
    cast(sum(days.orders_without_cost_count) as bigint) as orders_without_cost_count
from days
inner join period_days on days.ordered_date = period_days.ordered_date
group by days.customer_id, period_days.period_code
