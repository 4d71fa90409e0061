with months as (
    select
        starts_date,
        is_complete,
        cast(extract(year from starts_date) * 12 + extract(month from starts_date) as integer) as month_number
    from {{ ref('periods') }}
    where period_kind = 'month'
),

summed as (
    select * from {{ ref('cohort_months') }}
),

{#- A month in which nobody of a cohort bought is a row of zeros, not a gap. #}

grid as (
    select
        cohorts.cohort_month,
        months.starts_date as month_date,
        months.month_number - begun.month_number as months_since,
        months.is_complete and begun.is_complete as is_complete,
        cohorts.customers_count as cohort_customers_count,
        cohorts.net_amount as first_net_amount
    from summed as cohorts
    inner join months as begun on cohorts.cohort_month = begun.starts_date
    inner join months on cohorts.cohort_month <= months.starts_date
    where cohorts.month_date = cohorts.cohort_month
)

select
    grid.cohort_month,
    grid.month_date,
    grid.months_since,
    grid.is_complete,
    grid.cohort_customers_count,
    coalesce(summed.customers_count, 0) as customers_count,
    {{ share('coalesce(summed.customers_count, 0)', 'grid.cohort_customers_count') }} as customers_share,
    coalesce(summed.orders_count, 0) as month_orders_count,
    cast(coalesce(summed.net_amount, 0) as decimal(18, 4)) as month_net_amount,
    {{ share('coalesce(summed.net_amount, 0)', 'grid.first_net_amount') }} as month_net_amount_share,
    cast(sum(coalesce(summed.net_amount, 0)) over (
        partition by grid.cohort_month order by grid.month_date nulls last rows between unbounded preceding and current row
    ) as decimal(18, 4)) as net_amount_so_far
from grid
left join summed on grid.cohort_month = summed.cohort_month and grid.month_date = summed.month_date
