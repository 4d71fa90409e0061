with stayed as (
    select *
    from {{ ref('bridge_classes') }}
    where movement = 'remained' and from_segment_code = segment_code
),

{#- A side on which nobody bought has no ratios: it takes the other side's, so that all of the change is one of buyers. #}

rated as (
    select
        *,
        coalesce({{ share('from_orders_count', 'from_buyers_count') }}, {{ share('orders_count', 'buyers_count') }}) as from_orders_per_buyer,
        coalesce({{ share('orders_count', 'buyers_count') }}, {{ share('from_orders_count', 'from_buyers_count') }}) as orders_per_buyer,
        {{ share('from_net_amount', 'from_orders_count') }} as from_order_amount,
        {{ share('net_amount', 'orders_count') }} as order_amount
    from stayed
),

{#- Orders of amount 0 have no share of margin in it: there the margin is put upon the other side's amount, and else upon 1. #}

based as (
    select
        *,
        coalesce(nullif(from_order_amount, 0), nullif(order_amount, 0), 1) as from_base_amount,
        coalesce(nullif(order_amount, 0), nullif(from_order_amount, 0), 1) as base_amount
    from rated
),

shared as (
    select
        *,
        {{ share('from_margin', 'from_orders_count * from_base_amount') }} as from_share_kept,
        {{ share('margin', 'orders_count * base_amount') }} as share_kept
    from based
),

measured as (
    select
        period_code,
        comparison_code,
        scheme_code,
        segment_code,
        'net_amount' as measure_code,
        from_buyers_count,
        buyers_count,
        from_orders_per_buyer,
        orders_per_buyer,
        coalesce(from_order_amount, order_amount) as from_amount_per_order,
        coalesce(order_amount, from_order_amount) as amount_per_order,
        cast(1 as double) as from_margin_share,
        cast(1 as double) as margin_share
    from shared
    union all
    select
        period_code,
        comparison_code,
        scheme_code,
        segment_code,
        'margin' as measure_code,
        from_buyers_count,
        buyers_count,
        from_orders_per_buyer,
        orders_per_buyer,
        from_base_amount as from_amount_per_order,
        base_amount as amount_per_order,
        coalesce(from_share_kept, share_kept) as from_margin_share,
        coalesce(share_kept, from_share_kept) as margin_share
    from shared
)

select
    period_code,
    comparison_code,
    scheme_code,
    segment_code,
    measure_code,
    cast(from_buyers_count as double) as from_buyers,
    cast(buyers_count as double) as buyers,
    from_orders_per_buyer,
    orders_per_buyer,
    from_amount_per_order,
    amount_per_order,
    from_margin_share,
    margin_share
from measured
