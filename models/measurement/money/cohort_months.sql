with purchases as (
    select
        purchases.customer_id,
        months.starts_date as month_date,
        purchases.orders_count,
        purchases.net_amount,
        min(months.starts_date) over (partition by purchases.customer_id) as cohort_month
    from {{ ref('period_purchases') }} as purchases
    inner join {{ ref('periods') }} as months on purchases.period_code = months.period_code
    where purchases.customer_id is not null and months.period_kind = 'month'
)

select
    cohort_month,
    month_date,
    count(*) as customers_count,
    cast(sum(orders_count) as bigint) as orders_count,
    cast(sum(net_amount) as decimal(18, 4)) as net_amount
from purchases
group by cohort_month, month_date
