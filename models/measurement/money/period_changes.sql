with purchases as (
    select * from {{ ref('period_purchases') }}
),

comparisons as (
    select * from {{ ref('period_comparisons') }}
),

sides as (
    select
        purchases.customer_id,
        comparisons.period_code,
        comparisons.comparison_code,
        0 as from_orders_count,
        0 as from_net_amount,
        0 as from_cost_amount,
        purchases.orders_count,
        purchases.net_amount,
        purchases.cost_amount,
        purchases.orders_without_cost_count
    from purchases
    inner join comparisons on purchases.period_code = comparisons.period_code
    union all
    select
        purchases.customer_id,
        comparisons.period_code,
        comparisons.comparison_code,
        purchases.orders_count as from_orders_count,
        purchases.net_amount as from_net_amount,
        purchases.cost_amount as from_cost_amount,
        0 as orders_count,
        0 as net_amount,
        0 as cost_amount,
        purchases.orders_without_cost_count
    from purchases
    inner join comparisons on purchases.period_code = comparisons.from_period_code
),

changes as (
    select
        customer_id,
        period_code,
        comparison_code,
        cast(sum(from_orders_count) as bigint) as from_orders_count,
        cast(sum(from_net_amount) as decimal(18, 4)) as from_net_amount,
        cast(sum(coalesce(from_cost_amount, 0)) as decimal(18, 4)) as from_cost_amount,
        cast(sum(orders_count) as bigint) as orders_count,
        cast(sum(net_amount) as decimal(18, 4)) as net_amount,
        cast(sum(coalesce(cost_amount, 0)) as decimal(18, 4)) as cost_amount,
        cast(sum(orders_without_cost_count) as bigint) as orders_without_cost_count
    from sides
    group by customer_id, period_code, comparison_code
),

{#- A customer's silences do not overlap, so at most one of them covers a day. #}

silences as (
    select * from {{ ref('long_silences') }}
),

first_orders as (
    select
        customer_id,
        min(ordered_date) as first_order_date
    from {{ ref('purchase_amounts') }}
    where customer_id is not null
    group by customer_id
)

select
    changes.*,
    comparisons.closing_as_of_date,
    comparisons.from_closing_as_of_date,
    case
        when changes.customer_id is null then 'anonymous'
        when first_orders.first_order_date > comparisons.from_ends_date then 'entered'
        when changes.orders_count = 0 and silences.customer_id is not null then 'left'
        else 'remained'
    end as movement
from changes
inner join comparisons on changes.period_code = comparisons.period_code and changes.comparison_code = comparisons.comparison_code
left join first_orders on changes.customer_id = first_orders.customer_id
left join silences
    on
        changes.customer_id = silences.customer_id
        and comparisons.ends_date > silences.lost_after_date
        and comparisons.ends_date < silences.next_order_date
