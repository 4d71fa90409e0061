{#-
  Months in which the cohorts together have other buyers or another net amount than unit_economics says that known customers had. A customer in
  no cohort, or in two, makes retention look better or worse than it is.
-#}
with cohorts as (
    select
        month_date,
        sum(customers_count) as customers_count,
        sum(month_net_amount) as net_amount
    from {{ ref('cohort_retention') }}
    group by month_date
)

select
    months.month_date,
    months.customers_count,
    cohorts.customers_count as cohort_customers_count,
    months.customers_net_amount,
    cohorts.net_amount as cohort_net_amount
from {{ ref('unit_economics') }} as months
left join cohorts on months.month_date = cohorts.month_date
where months.customers_count <> coalesce(cohorts.customers_count, 0) or months.customers_net_amount <> coalesce(cohorts.net_amount, 0)
