{#- A pair counts when so many orders hold it, and at least this share of all: few rows at any size. #}
{%- set minimum_orders, minimum_support = 5, 0.00001 %}

with steps as (
    select * from {{ ref('product_steps') }}
),

items as (
    select
        steps.*,
        products.sku_id
    from {{ ref('order_products') }} as products
    inner join steps on products.order_id = steps.order_id
    where products.is_purchase and products.lines_count > 0
),

totals as (
    select
        'together' as kind,
        count(*) as total_count
    from steps
    union all
    select
        'in_sequence' as kind,
        count(next_order_id) as total_count
    from steps
),

counted as (
    select
        sku_id,
        count(*) as orders_count,
        count(next_order_id) as followed_count,
        count(case when has_previous then 1 end) as following_count
    from items
    group by sku_id
),

{#- No pair is bought more often than either of its products: the rare ones are left out before pairs are made. #}

products as (
    select
        totals.kind,
        totals.total_count,
        greatest({{ minimum_orders }}, ceil(totals.total_count * {{ minimum_support }})) as minimum_count,
        counted.sku_id,
        case when totals.kind = 'together' then counted.orders_count else counted.followed_count end as sku_count,
        case when totals.kind = 'together' then counted.orders_count else counted.following_count end as other_count
    from counted
    cross join totals
),

firsts as (
    select
        products.kind,
        products.sku_id,
        case when products.kind = 'together' then items.order_id else items.next_order_id end as other_order_id,
        case when products.kind = 'in_sequence' then items.days_to_next end as days_between
    from items
    inner join products on items.sku_id = products.sku_id
    where products.sku_count >= products.minimum_count
),

pairs as (
    select
        firsts.kind,
        firsts.sku_id,
        items.sku_id as other_sku_id,
        count(*) as pair_count,
        cast(median(firsts.days_between) as double) as median_days_between
    from firsts
    inner join items on firsts.other_order_id = items.order_id
    inner join products on firsts.kind = products.kind and items.sku_id = products.sku_id
    where products.other_count >= products.minimum_count and (firsts.kind = 'in_sequence' or firsts.sku_id <> items.sku_id)
    group by firsts.kind, firsts.sku_id, items.sku_id
)

select
    pairs.kind,
    pairs.sku_id,
    pairs.other_sku_id,
    first_products.total_count,
    first_products.sku_count,
    other_products.other_count,
    pairs.pair_count,
    pairs.median_days_between
from pairs
inner join products as first_products on pairs.kind = first_products.kind and pairs.sku_id = first_products.sku_id
inner join products as other_products on pairs.kind = other_products.kind and pairs.other_sku_id = other_products.sku_id
where pairs.pair_count >= first_products.minimum_count
