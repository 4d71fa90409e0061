{%- set key = 'period_code, comparison_code, scheme_code, segment_code, measure_code' -%}

with comparisons as (
    select * from {{ ref('period_comparisons') }}
),

factors as (
    select * from {{ ref('bridge_factors') }}
),

shares as (
    select
        {{ key }},
        {{ rounded_amount('buyers_amount') }} as buyers_amount,
        {{ rounded_amount('orders_per_buyer_amount') }} as orders_per_buyer_amount,
        {{ rounded_amount('amount_per_order_amount') }} as amount_per_order_amount,
        {{ rounded_amount('margin_share_amount') }} as margin_share_amount
    from {{ ref('bridge_shares') }}
),

{#- Where each part of the change comes from; who stayed in their class is parted further by the factors. #}

summed as (
    select
        {{ key }},
        cast(sum(from_amount) as decimal(18, 4)) as from_amount,
        cast(sum(amount) as decimal(18, 4)) as amount,
        cast(sum(case when part = 'entered' then amount else 0 end) as decimal(18, 4)) as entry_amount,
        cast(sum(case when part = 'left' then -from_amount else 0 end) as decimal(18, 4)) as exit_amount,
        cast(sum(case when part = 'migrated' then amount else 0 end) as decimal(18, 4)) as migrated_in_amount,
        cast(sum(case when part = 'migrated' then -from_amount else 0 end) as decimal(18, 4)) as migrated_out_amount,
        cast(sum(case when part = 'anonymous' then amount - from_amount else 0 end) as decimal(18, 4)) as anonymous_amount,
        cast(sum(case when part = 'stayed' then amount - from_amount else 0 end) as decimal(18, 4)) as stayed_amount
    from {{ ref('bridge_sides') }}
    group by {{ key }}
)

select
    summed.period_code,
    summed.comparison_code,
    comparisons.from_period_code,
    comparisons.period_kind,
    summed.scheme_code,
    summed.segment_code,
    summed.measure_code,
    summed.from_amount,
    summed.amount,
    cast(summed.amount - summed.from_amount as decimal(18, 4)) as change_amount,
    summed.entry_amount,
    summed.exit_amount,
    summed.migrated_in_amount,
    summed.migrated_out_amount,
    summed.anonymous_amount,
    coalesce(shares.buyers_amount, 0) as buyers_amount,
    coalesce(shares.orders_per_buyer_amount, 0) as orders_per_buyer_amount,
    coalesce(shares.amount_per_order_amount, 0) as amount_per_order_amount,
    coalesce(shares.margin_share_amount, 0) as margin_share_amount,
    cast(
        summed.stayed_amount - coalesce(shares.buyers_amount, 0) - coalesce(shares.orders_per_buyer_amount, 0)
        - coalesce(shares.amount_per_order_amount, 0) - coalesce(shares.margin_share_amount, 0) as decimal(18, 4)
    ) as rounding_amount,
    cast(factors.from_buyers as bigint) as from_buyers_count,
    cast(factors.buyers as bigint) as buyers_count,
    factors.from_orders_per_buyer,
    factors.orders_per_buyer,
    factors.from_amount_per_order,
    factors.amount_per_order,
    case when summed.measure_code = 'margin' then factors.from_margin_share end as from_margin_share,
    case when summed.measure_code = 'margin' then factors.margin_share end as margin_share
from summed
left join factors using ({{ key }})
left join shares using ({{ key }})
inner join comparisons on summed.period_code = comparisons.period_code and summed.comparison_code = comparisons.comparison_code
