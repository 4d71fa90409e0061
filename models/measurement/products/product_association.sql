{#- The lift of a pair is pulled towards 1 as by so many orders that hold it by chance; and each product keeps its best ones. #}
{%- set shrinkage, places = 10, 20 %}

with newest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

pairs as (
    select
        *,
        cast(sku_count as double) * other_count / total_count as expected_count
    from {{ ref('product_pairs') }}
),

lifted as (
    select
        *,
        (pair_count + {{ shrinkage }}) / (expected_count + {{ shrinkage }}) as shrunk_lift
    from pairs
),

ranked as (
    select
        *,
        row_number() over (
            partition by kind, sku_id
            order by round(shrunk_lift, 9) desc nulls last, pair_count desc nulls last, other_sku_id asc nulls last
        ) as place
    from lifted
),

products as (
    select
        sku_id,
        product_name
    from {{ ref('int_products__described') }}
)

select
    newest.as_of_date,
    ranked.kind,
    ranked.sku_id,
    first_products.product_name,
    ranked.other_sku_id,
    other_products.product_name as other_product_name,
    cast(ranked.place as bigint) as place,
    ranked.pair_count,
    ranked.sku_count,
    ranked.other_count,
    ranked.total_count,
    {{ share('ranked.pair_count', 'ranked.total_count') }} as support_share,
    {{ share('ranked.pair_count', 'ranked.sku_count') }} as confidence,
    {{ wilson_bound('ranked.pair_count', 'ranked.sku_count', '-') }} as confidence_low,
    {{ wilson_bound('ranked.pair_count', 'ranked.sku_count', '+') }} as confidence_high,
    ranked.shrunk_lift,
    ranked.median_days_between
from ranked
cross join newest
left join products as first_products on ranked.sku_id = first_products.sku_id
left join products as other_products on ranked.other_sku_id = other_products.sku_id
where ranked.place <= {{ places }}
