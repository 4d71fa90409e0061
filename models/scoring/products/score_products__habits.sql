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
        cast(sum(cast(round(1e9 * power(0.5e0, days_ago / {{ half_life_days }}e0)) as bigint)) as bigint) as habit_weight
    from product_days
    group by as_of_date, customer_id, sku_id
)

select
    habits.*,
    open_dates.input_fingerprint
from habits
inner join open_dates on habits.as_of_date = open_dates.as_of_date
