{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ forget_stale_dates('scoring_next_product__fingerprints', 'evaluated_on') }}"
) }}

with open_dates as (
    {{- lacking_dates('scoring_next_product__fingerprints', 'evaluated_on') }}
),

buyers as (
    select
        habits.as_of_date as evaluated_on,
        habits.buyer_number
    from {{ ref('score_products__habits') }} as habits
    inner join open_dates on habits.as_of_date = open_dates.evaluated_on
    where habits.habit_place = 1
),

bought_later as (
    select distinct
        open_dates.evaluated_on,
        purchase_days.buyer_number,
        purchase_days.sku_id
    from {{ ref('score_products__purchase_days') }} as purchase_days
    inner join open_dates
        on
            purchase_days.ordered_date > open_dates.evaluated_on
            and purchase_days.ordered_date <= open_dates.until_date
            and purchase_days.undone_date > open_dates.until_date
),

bought_before as (
    select distinct
        open_dates.evaluated_on,
        purchases.buyer_number,
        purchases.sku_id
    from {{ ref('score_products__owned') }} as purchases
    inner join open_dates on purchases.as_of_date = open_dates.evaluated_on
)

select
    bought_later.evaluated_on,
    bought_later.buyer_number,
    bought_later.sku_id,
    bought_before.sku_id is null as is_new,
    open_dates.input_fingerprint
from bought_later
inner join buyers on bought_later.evaluated_on = buyers.evaluated_on and bought_later.buyer_number = buyers.buyer_number
inner join open_dates on bought_later.evaluated_on = open_dates.evaluated_on
left join bought_before
    on
        bought_later.evaluated_on = bought_before.evaluated_on
        and bought_later.buyer_number = bought_before.buyer_number
        and bought_later.sku_id = bought_before.sku_id
