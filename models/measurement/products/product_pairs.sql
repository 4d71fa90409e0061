{#- A pair counts when so many orders hold it, and at least this share of all: few rows at any size. #}
{%- set minimum_orders, minimum_support = 5, 0.00001 %}

with steps as (
    select * from {{ ref('product_steps') }}
),

items as (
    select
        order_id,
        sku_id
    from {{ ref('order_products') }}
    where is_purchase and lines_count > 0
),

totals as (
    select
        kind,
        count(*) as total_count,
        greatest({{ minimum_orders }}, ceil(count(*) * {{ minimum_support }})) as minimum_count
    from steps
    group by kind
),

{#- No pair is bought more often than either of its products: the rare ones are left out before pairs are made. #}

firsts_bought as (
    select
        steps.kind,
        items.sku_id,
        totals.total_count,
        totals.minimum_count,
        count(*) as sku_count
    from steps
    inner join items on steps.order_id = items.order_id
    inner join totals on steps.kind = totals.kind
    group by steps.kind, items.sku_id, totals.total_count, totals.minimum_count
    having count(*) >= totals.minimum_count
),

seconds_bought as (
    select
        steps.kind,
        items.sku_id,
        count(*) as other_count
    from steps
    inner join items on steps.other_order_id = items.order_id
    inner join totals on steps.kind = totals.kind
    group by steps.kind, items.sku_id, totals.minimum_count
    having count(*) >= totals.minimum_count
),

frequent_steps as (
    select
        steps.*,
        items.sku_id,
        firsts_bought.sku_count,
        firsts_bought.total_count,
        firsts_bought.minimum_count
    from steps
    inner join items on steps.order_id = items.order_id
    inner join firsts_bought on steps.kind = firsts_bought.kind and items.sku_id = firsts_bought.sku_id
)

select
    steps.kind,
    steps.sku_id,
    seconds_bought.sku_id as other_sku_id,
    steps.total_count,
    steps.sku_count,
    seconds_bought.other_count,
    count(*) as pair_count,
    cast(median(steps.days_between) as double) as median_days_between
from frequent_steps as steps
inner join items on steps.other_order_id = items.order_id
inner join seconds_bought on steps.kind = seconds_bought.kind and items.sku_id = seconds_bought.sku_id
where steps.kind = 'in_sequence' or steps.sku_id <> items.sku_id
group by steps.kind, steps.sku_id, seconds_bought.sku_id, steps.total_count, steps.sku_count, seconds_bought.other_count, steps.minimum_count
having count(*) >= steps.minimum_count
