{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_dates() }}") }}

{#- How fast a habit fades: a purchase counts half after so many days. Integers add up the same in any order. #}
{%- set half_life_days = 180 %}
{%- set most = 10 %}
{%- set most_products = 50 %}

with open_dates as (
    {{- lacking_dates() }}
),

steps as (
    select sku_id from {{ ref('score_products__upgrades') }}
    union
    select upgrade_of_sku_id as sku_id from {{ ref('score_products__upgrades') }}
),

product_days as (
    select
        purchases.*,
        {{ dbt.datediff('purchases.ordered_date', 'purchases.as_of_date', 'day') }} as days_ago
    from {{ ref('score_products__owned') }} as purchases
    inner join open_dates on purchases.as_of_date = open_dates.as_of_date
),

habits as (
    select
        as_of_date,
        buyer_number,
        sku_id,
        count(*) as days_count,
        min(ordered_date) as first_date,
        max(ordered_date) as last_date,
        cast(sum(cast(round(1e9 * power(0.5e0, days_ago / {{ half_life_days }}e0)) as bigint)) as bigint) as habit_weight
    from product_days
    group by as_of_date, buyer_number, sku_id
),

placed as (
    select
        *,
        row_number() over (partition by as_of_date, buyer_number order by last_date desc, sku_id asc nulls last) as latest_place,
        row_number() over (partition by as_of_date, buyer_number order by habit_weight desc, sku_id asc nulls last) as habit_place,
        row_number() over (
            partition by as_of_date, buyer_number order by days_count desc, last_date desc, sku_id asc nulls last
        ) as frequency_place
    from habits
)

{#- What no reader asks for is not kept: a wholesaler has bought thousands of products. -#}
select
    placed.*,
    open_dates.input_fingerprint
from placed
inner join open_dates on placed.as_of_date = open_dates.as_of_date
left join steps on placed.sku_id = steps.sku_id
where
    placed.latest_place <= {{ most_products }}
    or placed.habit_place <= {{ most }}
    or placed.frequency_place <= {{ most }}
    or steps.sku_id is not null
