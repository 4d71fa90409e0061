{{ config(materialized='view') }}

with habits as (
    select * from {{ ref('score_products__habits') }}
)

select
    habits.*,
    upgrades.sku_id as upgrade_sku_id,
    row_number() over (
        partition by habits.as_of_date, habits.buyer_number order by habits.habit_weight desc, upgrades.sku_id asc nulls last
    ) as upgrade_place
from habits
inner join {{ ref('score_products__upgrades') }} as upgrades on habits.sku_id = upgrades.upgrade_of_sku_id
left join habits as bought_before
    on
        habits.as_of_date = bought_before.as_of_date
        and habits.buyer_number = bought_before.buyer_number
        and upgrades.sku_id = bought_before.sku_id
where bought_before.sku_id is null
