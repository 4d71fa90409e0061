{#- The crowds of a persona are the customers of its members of staff. Otherwise a persona is judged by customers of another one. #}
with crowds as (
    select
        as_of_date,
        holder_kind,
        persona,
        sum(customers_count) as customers_count,
        sum(buyers_count) as buyers_count,
        sum(at_risk_count) as at_risk_count,
        sum(month_orders_count) as month_orders_count,
        sum(month_net_amount) as month_net_amount
    from {{ ref('staff_crowds') }}
    group by as_of_date, holder_kind, persona
),

personas as (
    select
        as_of_date,
        holder_kind,
        persona,
        sum(customers_count) as customers_count,
        sum(buyers_count) as buyers_count,
        sum(at_risk_count) as at_risk_count,
        sum(month_orders_count) as month_orders_count,
        sum(month_net_amount) as month_net_amount
    from {{ ref('staff_performance') }}
    group by as_of_date, holder_kind, persona
)

select
    personas.*,
    crowds.customers_count as in_crowds_count
from personas
full outer join crowds
    on personas.as_of_date = crowds.as_of_date and personas.holder_kind = crowds.holder_kind and personas.persona = crowds.persona
where
    coalesce(personas.customers_count, 0) <> coalesce(crowds.customers_count, 0)
    or coalesce(personas.buyers_count, 0) <> coalesce(crowds.buyers_count, 0)
    or coalesce(personas.at_risk_count, 0) <> coalesce(crowds.at_risk_count, 0)
    or coalesce(personas.month_orders_count, 0) <> coalesce(crowds.month_orders_count, 0)
    or coalesce(personas.month_net_amount, 0) <> coalesce(crowds.month_net_amount, 0)
