{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_dates() }}") }}

{%- set most = 10 %}

with open_dates as (
    {{- lacking_dates() }}
),

habit as (
    select *
    from (
        select
            bought.as_of_date,
            bought.customer_id,
            'habit' as kind,
            bought.sku_id,
            bought.sku_id as because_sku_id,
            bought.habit_weight as weight,
            bought.days_count,
            bought.first_date,
            bought.last_date,
            row_number() over (
                partition by bought.as_of_date, bought.customer_id order by bought.habit_weight desc, bought.sku_id asc
            ) as place
        from {{ ref('score_products__bought') }} as bought
        inner join open_dates on bought.as_of_date = open_dates.as_of_date
    ) as placed
    where place <= {{ most }}
),

upgrade as (
    select
        bought.as_of_date,
        bought.customer_id,
        'upgrade' as kind,
        upgrades.sku_id,
        bought.sku_id as because_sku_id,
        bought.habit_weight as weight,
        bought.days_count,
        bought.first_date,
        bought.last_date,
        row_number() over (
            partition by bought.as_of_date, bought.customer_id order by bought.habit_weight desc, upgrades.sku_id asc
        ) as place
    from {{ ref('score_products__bought') }} as bought
    inner join open_dates on bought.as_of_date = open_dates.as_of_date
    inner join {{ ref('score_products__upgrades') }} as upgrades on bought.sku_id = upgrades.upgrade_of_sku_id
    left join {{ ref('score_products__bought') }} as bought_before
        on
            bought.as_of_date = bought_before.as_of_date
            and bought.customer_id = bought_before.customer_id
            and upgrades.sku_id = bought_before.sku_id
    where bought_before.sku_id is null
),

novel as (
    select
        novel.as_of_date,
        novel.customer_id,
        'novel' as kind,
        novel.sku_id,
        novel.because_sku_id,
        novel.weight * 10 as weight,
        cast(null as bigint) as days_count,
        cast(null as date) as first_date,
        cast(null as date) as last_date,
        novel.place
    from {{ ref('score_products__novel') }} as novel
    inner join open_dates on novel.as_of_date = open_dates.as_of_date
),

placed as (
    select * from habit
    union all
    select * from novel
    union all
    select * from upgrade
    where place <= {{ most }}
)

select
    placed.customer_id,
    placed.as_of_date,
    placed.kind,
    placed.place,
    placed.sku_id,
    placed.weight / 1e9 as score,
    {{ next_product_reason('placed') }} as reason,
    placed.because_sku_id,
    case placed.kind when 'habit' then 'decayed_frequency' when 'novel' then 'shrunk_item_item' else 'upgrade_path' end as model_name,
    open_dates.input_fingerprint
from placed
inner join open_dates on placed.as_of_date = open_dates.as_of_date
