{#-
  4. Do new customers come back, and does each cohort do better than the one before?
  4. 新客会回来吗，后来的首单客户比之前的更好吗？
  Each row is a month of first purchases: customers, and the share of them who bought again one, three and six calendar months
  later; empty while that month is not over.

      dbt show --select do_new_customers_come_back --limit 24
  picture: line x=cohort_month y=bought_after_3_months
-#}

select
    cohort_month,
    max(cohort_customers_count) as customers,
    round(max(case when months_since = 1 then customers_share end), 4) as bought_after_1_month,
    round(max(case when months_since = 3 then customers_share end), 4) as bought_after_3_months,
    round(max(case when months_since = 6 then customers_share end), 4) as bought_after_6_months,
    round(sum(month_net_amount) / max(cohort_customers_count), 2) as net_amount_per_customer_so_far
from {{ ref('cohort_retention') }}
where is_complete
group by cohort_month
order by cohort_month
