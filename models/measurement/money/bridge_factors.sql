{%- set same %}
    period_code,
    comparison_code,
    scheme_code,
    segment_code,
    cast(from_buyers_count as double) as from_buyers,
    cast(buyers_count as double) as buyers,
    from_orders_per_buyer,
    orders_per_buyer,
{%- endset -%}

with stayers as (
    select * from {{ ref('bridge_stayers') }}
)

select
    {{ same }}
    'net_amount' as measure_code,
    from_order_amount as from_amount_per_order,
    order_amount as amount_per_order,
    cast(1 as double) as from_margin_share,
    cast(1 as double) as margin_share
from stayers
union all
select
    {{ same }}
    'margin' as measure_code,
    from_base_amount as from_amount_per_order,
    base_amount as amount_per_order,
    coalesce(from_share_kept, share_kept) as from_margin_share,
    coalesce(share_kept, from_share_kept) as margin_share
from stayers
