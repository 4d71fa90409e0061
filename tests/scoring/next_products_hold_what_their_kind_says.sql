{{ config(group='scoring') }}

{#-
  habit: they bought it. novel: they never did, and the reason, if any, is a product that they own. upgrade: they have what it is the step up
  from, and not it. Customers who are told that they like what they never bought do not believe the next message.
-#}
with dates as (
    select as_of_date from {{ ref('score_products__dates') }}
),

bought_before as (
    select distinct
        dates.as_of_date,
        buyers.customer_id,
        purchase_days.sku_id
    from {{ ref('score_products__purchase_days') }} as purchase_days
    inner join {{ ref('score_products__buyers') }} as buyers on purchase_days.buyer_number = buyers.buyer_number
    inner join dates on purchase_days.ordered_date <= dates.as_of_date and purchase_days.undone_date > dates.as_of_date
),

offers as (
    select
        offers.customer_id,
        offers.as_of_date,
        offers.kind,
        offers.sku_id,
        offers.model_name,
        bought_before.sku_id is not null as has_it,
        because.sku_id is not null as has_reason,
        upgrades.sku_id is not null as is_upgrade
    from {{ ref('score_next_product') }} as offers
    inner join dates on offers.as_of_date = dates.as_of_date
    left join bought_before
        on offers.as_of_date = bought_before.as_of_date and offers.customer_id = bought_before.customer_id and offers.sku_id = bought_before.sku_id
    left join bought_before as because
        on offers.as_of_date = because.as_of_date and offers.customer_id = because.customer_id and offers.because_sku_id = because.sku_id
    left join {{ ref('score_products__upgrades') }} as upgrades
        on offers.sku_id = upgrades.sku_id and offers.because_sku_id = upgrades.upgrade_of_sku_id
)

select *
from offers
where
    (not has_reason and model_name <> 'popularity')
    or has_it <> (kind = 'habit')
    or (kind = 'upgrade' and not is_upgrade)
