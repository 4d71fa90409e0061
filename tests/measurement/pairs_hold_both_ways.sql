{{ config(group='measurement') }}
{#-
  Bought together is the same seen from either product. Where the two differ, one product is recommended with the other by
  numbers that belong to another pair.
-#}
with pairs as (
    select * from {{ ref('product_pairs') }}
    where kind = 'together'
)

select
    pairs.sku_id,
    pairs.other_sku_id,
    pairs.pair_count,
    mirrored.pair_count as other_pair_count
from pairs
left join pairs as mirrored on pairs.sku_id = mirrored.other_sku_id and pairs.other_sku_id = mirrored.sku_id
where
    mirrored.pair_count is null
    or pairs.pair_count <> mirrored.pair_count
    or pairs.sku_count <> mirrored.other_count
    or pairs.total_count <> mirrored.total_count
