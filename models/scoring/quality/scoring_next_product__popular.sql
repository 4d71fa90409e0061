{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ forget_stale_dates('scoring_next_product__fingerprints', 'evaluated_on') }}"
) }}

with open_dates as (
    {{- lacking_dates('scoring_next_product__fingerprints', 'evaluated_on') }}
),

sold as (
    select
        habits.as_of_date as evaluated_on,
        habits.sku_id,
        count(*) filter (where {{ dbt.datediff('habits.last_date', 'habits.as_of_date', 'day') }} < 30) as recent_customers_count
    from {{ ref('score_products__habits') }} as habits
    inner join open_dates on habits.as_of_date = open_dates.evaluated_on
    group by habits.as_of_date, habits.sku_id
),

placed as (
    select
        *,
        row_number() over (partition by evaluated_on order by recent_customers_count desc, sku_id asc) as place
    from sold
)

select
    placed.evaluated_on,
    placed.sku_id,
    placed.recent_customers_count,
    case when placed.recent_customers_count > 0 then placed.place end as popular_place,
    open_dates.input_fingerprint
from placed
inner join open_dates on placed.evaluated_on = open_dates.evaluated_on
