{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_dates() }}") }}

{#- How fast habit fades: a purchase counts half after so many days. Integers add up the same in any order. #}
{%- set half_life_days = 180 %}

with open_dates as (
    {{- lacking_dates() }}
),

product_days as (
    select
        open_dates.as_of_date,
        purchased.customer_id,
        purchased.sku_id,
        purchased.ordered_date,
        {{ dbt.datediff('purchased.ordered_date', 'open_dates.as_of_date', 'day') }} as days_ago
    from {{ ref('score_products__purchased') }} as purchased
    inner join open_dates
        on purchased.ordered_date <= open_dates.as_of_date and purchased.undone_date > open_dates.as_of_date
),

bought as (
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
    bought.*,
    open_dates.input_fingerprint
from bought
inner join open_dates on bought.as_of_date = open_dates.as_of_date
