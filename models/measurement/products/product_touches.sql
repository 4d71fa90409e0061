with touches as (
    select
        event_type,
        customer_id,
        occurred_date,
        sku_id,
        duration_seconds
    from {{ ref('int_touchpoints__unified') }}
    where sku_id is not null and event_type in ('product_view', 'add_to_cart')
),

newest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

counted as (
    select
        sku_id,
        count(case when event_type = 'product_view' then 1 end) as views_count,
        sum(case when event_type = 'product_view' then duration_seconds end) as dwell_seconds,
        count(case when event_type = 'product_view' then duration_seconds end) as timed_views_count,
        count(case when event_type = 'add_to_cart' then 1 end) as carts_count
    from touches
    group by sku_id
),

viewers as (
    select
        sku_id,
        customer_id,
        min(occurred_date) as first_view_date
    from touches
    where event_type = 'product_view' and customer_id is not null
    group by sku_id, customer_id
),

purchases as (
    select
        customer_id,
        sku_id,
        ordered_date
    from {{ ref('order_products') }}
    where is_purchase and customer_id is not null
),

buying_viewers as (
    select distinct
        viewers.sku_id,
        viewers.customer_id
    from viewers
    inner join purchases on viewers.sku_id = purchases.sku_id and viewers.customer_id = purchases.customer_id
    where purchases.ordered_date between viewers.first_view_date and {{ days_after('viewers.first_view_date', 30) }}
),

followed as (
    select
        viewers.sku_id,
        count(*) as viewers_count,
        count(case when {{ days_after('viewers.first_view_date', 30) }} <= newest.as_of_date then 1 end) as viewed_30d_ago_count,
        count(case when {{ days_after('viewers.first_view_date', 30) }} <= newest.as_of_date then buying_viewers.customer_id end) as view_to_order_count
    from viewers
    cross join newest
    left join buying_viewers on viewers.sku_id = buying_viewers.sku_id and viewers.customer_id = buying_viewers.customer_id
    group by viewers.sku_id
)

select
    counted.sku_id,
    counted.views_count,
    cast(counted.dwell_seconds as bigint) as dwell_seconds,
    counted.timed_views_count,
    counted.carts_count,
    coalesce(followed.viewers_count, 0) as viewers_count,
    coalesce(followed.viewed_30d_ago_count, 0) as viewed_30d_ago_count,
    coalesce(followed.view_to_order_count, 0) as view_to_order_count
from counted
left join followed on counted.sku_id = followed.sku_id
