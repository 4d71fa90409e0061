with costs as (
    select
        cast({{ dbt.date_trunc('month', 'cost_date') }} as date) as month_date,
        cost_kind,
        amount
    from {{ ref('int_costs__dated') }}
)

select
    month_date,
    {% for kind in ['traffic', 'delivery', 'staff'] -%}
        cast(sum(case when cost_kind = '{{ kind }}' then amount else 0 end) as decimal(18, 4)) as {{ kind }}_cost_amount,
    {% endfor -%}
    cast(sum(case when cost_kind in ('traffic', 'delivery', 'staff') then 0 else amount end) as decimal(18, 4)) as other_cost_amount
from costs
group by month_date
