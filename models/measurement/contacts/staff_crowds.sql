with customers as (
    select
        as_of_date,
        holder_kind,
        persona,
        crowd_segment_code,
        cast(sum(customers_count) as bigint) as customers_count,
        cast(sum(buyers_count) as bigint) as buyers_count,
        cast(sum(month_orders_count) as bigint) as month_orders_count,
        cast(sum(month_net_amount) as decimal(18, 4)) as month_net_amount,
        cast(sum(at_risk_count) as bigint) as at_risk_count
    from {{ ref('staff_customers') }}
    group by as_of_date, holder_kind, persona, crowd_segment_code
)

select
    as_of_date,
    holder_kind,
    persona,
    crowd_segment_code,
    customers_count,
    buyers_count,
    {{ share('buyers_count', 'customers_count') }} as conversion_rate,
    month_orders_count,
    month_net_amount,
    at_risk_count
from customers
