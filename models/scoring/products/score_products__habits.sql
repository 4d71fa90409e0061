{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_dates() }}") }}

{#- How fast a habit fades: a purchase counts half after so many days. Integers add up the same in any order. #}
{%- set half_life_days = 180 %}

with open_dates as (
    {{- lacking_dates() }}
),

product_days as (
    select
        open_dates.as_of_date,
        purchase_days.customer_id,
        purchase_days.sku_id,
        purchase_days.ordered_date,
        {{ dbt.datediff('purchase_days.ordered_date', 'open_dates.as_of_date', 'day') }} as days_ago
    from {{ ref('score_products__purchase_days') }} as purchase_days
    inner join open_dates
        on purchase_days.ordered_date <= open_dates.as_of_date and purchase_days.undone_date > open_dates.as_of_date
),

habits as (
    select
        as_of_date,
        customer_id,
        sku_id,
        count(*) as days_count,
        min(ordered_date) as first_date,
        max(ordered_date) as last_date,
        min(days_ago) as days_since_last,
        cast(sum(cast(round(1e9 * power(0.5e0, days_ago / {{ half_life_days }}e0)) as bigint)) as bigint) as habit_weight
    from product_days
    group by as_of_date, customer_id, sku_id
),

{# Millions of pairs of products are joined and grouped by whole numbers, not by texts; numbered as their texts sort, ties stay. #}
customers as (
    select
        as_of_date,
        customer_id,
        cast(row_number() over (partition by as_of_date order by customer_id) as integer) as customer_number
    from habits
    group by as_of_date, customer_id
),

products as (
    select
        as_of_date,
        sku_id,
        cast(row_number() over (partition by as_of_date order by sku_id) as integer) as product_number
    from habits
    group by as_of_date, sku_id
),

numbered as (
    select
        habits.*,
        customers.customer_number,
        products.product_number
    from habits
    inner join customers on habits.as_of_date = customers.as_of_date and habits.customer_id = customers.customer_id
    inner join products on habits.as_of_date = products.as_of_date and habits.sku_id = products.sku_id
)

select
    numbered.as_of_date,
    numbered.customer_id,
    numbered.sku_id,
    numbered.days_count,
    numbered.first_date,
    numbered.last_date,
    numbered.habit_weight,
    numbered.customer_number,
    numbered.product_number,
    cast(rank() over (
        partition by numbered.as_of_date, numbered.customer_number
        order by {{ packed('numbered.days_since_last', 'numbered.product_number') }}
    ) as integer) as recency_place,
    open_dates.input_fingerprint
from numbered
inner join open_dates on numbered.as_of_date = open_dates.as_of_date
