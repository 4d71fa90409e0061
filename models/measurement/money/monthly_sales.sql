with purchases as (
    select
        cast({{ dbt.date_trunc('month', 'ordered_date') }} as date) as month_date,
        *
    from {{ ref('purchase_amounts') }}
)

select
    month_date,
    count(distinct customer_id) as customers_count,
    count(*) as purchases_count,
    cast(sum(case when customer_id is not null then net_amount else 0 end) as decimal(18, 4)) as customers_net_amount,
    cast(sum(case when customer_id is null then net_amount else 0 end) as decimal(18, 4)) as anonymous_net_amount,
    cast(sum(net_amount) as decimal(18, 4)) as brand_net_amount,
    cast(case when count(cost_amount) = count(*) then sum(net_amount - cost_amount) end as decimal(18, 4)) as margin_amount
from purchases
group by month_date
