{{ config(group='measurement') }}

{#- Purchases whose month or week is missing or there twice: money that no period has, or that two have. -#}
select
    purchases.order_id,
    count(case when periods.period_kind = 'month' then 1 end) as months,
    count(case when periods.period_kind = 'week' then 1 end) as weeks
from {{ ref('purchase_amounts') }} as purchases
left join {{ ref('periods') }} as periods on purchases.ordered_date between periods.starts_date and periods.ends_date
group by purchases.order_id
having count(case when periods.period_kind = 'month' then 1 end) <> 1 or count(case when periods.period_kind = 'week' then 1 end) <> 1
