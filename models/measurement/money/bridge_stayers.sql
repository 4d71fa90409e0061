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
        coalesce({{ share('from_net_amount', 'from_orders_count') }}, {{ share('net_amount', 'orders_count') }}) as from_order_amount,
        coalesce({{ share('net_amount', 'orders_count') }}, {{ share('from_net_amount', 'from_orders_count') }}) as order_amount
    from stayed
),

{#- Orders of amount 0 have no share of margin in it: there the margin is put upon the other side's amount, and else upon 1. #}

based as (
    select
        *,
        coalesce(nullif(from_order_amount, 0), nullif(order_amount, 0), 1) as from_base_amount,
        coalesce(nullif(order_amount, 0), nullif(from_order_amount, 0), 1) as base_amount
    from rated
)

select
    *,
    {{ share('from_margin', 'from_orders_count * from_base_amount') }} as from_share_kept,
    {{ share('margin', 'orders_count * base_amount') }} as share_kept
from based
