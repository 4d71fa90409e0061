{{ config(materialized='view') }}

with customers as (
    select
        customer_id,
        as_of_date
    from {{ ref('int_customers__spine') }}
),

interactions as (
    select * from {{ ref('int_interactions__measured') }}
)

select
    customers.customer_id,
    customers.as_of_date,
    interactions.last_active_date,
    interactions.last_passive_touch_date,
    interactions.last_active_touch_date,
    interactions.last_advocacy_date,
    {{ dbt.datediff('interactions.last_active_date', 'customers.as_of_date', 'day') }} as days_since_last_active,
    coalesce(interactions.follows_count, 0) > 0 as follows_account,
    coalesce(interactions.active_days_7d, 0) as active_days_7d,
    coalesce(interactions.active_days_15d, 0) as active_days_15d,
    coalesce(interactions.active_days_30d, 0) as active_days_30d,
    coalesce(interactions.passive_touch_count_15d, 0) as passive_touch_count_15d,
    coalesce(interactions.active_touch_count_15d, 0) as active_touch_count_15d,
    coalesce(interactions.product_views_count_30d, 0) as product_views_30d,
    coalesce(interactions.product_views_count_90d, 0) as product_views_90d,
    coalesce(interactions.carts_count_30d, 0) as carts_30d,
    coalesce(interactions.favourites_count_30d, 0) as favourites_30d,
    coalesce(interactions.coupons_claimed_count_30d, 0) as coupons_claimed_30d,
    coalesce(interactions.articles_read_count_30d, 0) as articles_read_30d,
    coalesce(interactions.dwell_seconds_30d, 0) as dwell_seconds_30d,
    coalesce(interactions.messages_delivered_count_30d, 0) as messages_delivered_30d,
    coalesce(interactions.messages_opened_count_30d, 0) as messages_opened_30d,
    coalesce(interactions.messages_clicked_count_30d, 0) as messages_clicked_30d,
    coalesce(interactions.reviews_count, 0) as reviews_count,
    coalesce(interactions.shares_count, 0) as shares_count,
    coalesce(interactions.referrals_count, 0) as referrals_count,
    coalesce(interactions.ugc_count, 0) as ugc_count,
    coalesce(interactions.group_messages_count_30d, 0) as group_messages_30d
from customers
left join interactions on customers.customer_id = interactions.customer_id and customers.as_of_date = interactions.as_of_date
