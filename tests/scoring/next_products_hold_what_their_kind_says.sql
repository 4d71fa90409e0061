{{ config(group='scoring') }}

{#-
  habit: she bought it. novel: she never did, and the reason is a product of hers. upgrade: she has what it is the step up
  from, and not it. Who is told that she likes what she never bought does not believe the next message.
-#}
with offers as (
    select
        offers.customer_id,
        offers.as_of_date,
        offers.kind,
        offers.sku_id,
        hers.sku_id is not null as has_it,
        because.sku_id is not null as has_reason,
        upgrades.sku_id is not null as is_upgrade
    from {{ ref('score_next_product') }} as offers
    left join {{ ref('score_products__bought') }} as hers
        on offers.as_of_date = hers.as_of_date and offers.customer_id = hers.customer_id and offers.sku_id = hers.sku_id
    left join {{ ref('score_products__bought') }} as because
        on offers.as_of_date = because.as_of_date and offers.customer_id = because.customer_id and offers.because_sku_id = because.sku_id
    left join {{ ref('score_products__upgrades') }} as upgrades
        on offers.sku_id = upgrades.sku_id and offers.because_sku_id = upgrades.upgrade_of_sku_id
)

select *
from offers
where not has_reason or has_it <> (kind = 'habit') or (kind = 'upgrade' and not is_upgrade)
