{#-
  Classes whose concentration is measured on another net amount than segment_sizes has, and heads that are not those of segment_pareto: the
  same 80 % would be made by two different numbers of customers.
-#}
with sizes as (
    select
        as_of_date,
        scheme_code,
        segment_code,
        net_amount_365d
    from {{ ref('segment_sizes') }}
    union all
    select
        as_of_date,
        '_brand' as scheme_code,
        '_all' as segment_code,
        sum(net_amount_365d) as net_amount_365d
    from {{ ref('customer_tags') }}
    group by as_of_date
),

heads as (
    select
        as_of_date,
        customers_count
    from {{ ref('segment_sizes') }}
    where scheme_code = 'pareto' and segment_code = 'head'
)

select
    sizes.as_of_date,
    sizes.scheme_code,
    sizes.segment_code,
    sizes.net_amount_365d,
    concentration.net_amount_365d as measured_net_amount,
    heads.customers_count as pareto_customers_count,
    concentration.head_customers_count
from sizes
left join {{ ref('segment_concentration') }} as concentration
    on
        sizes.as_of_date = concentration.as_of_date
        and sizes.scheme_code = concentration.scheme_code
        and sizes.segment_code = concentration.segment_code
left join heads on sizes.as_of_date = heads.as_of_date and sizes.scheme_code = '_brand'
where
    sizes.net_amount_365d <> coalesce(concentration.net_amount_365d, 0)
    or sizes.scheme_code = '_brand' and coalesce(heads.customers_count, 0) <> coalesce(concentration.head_customers_count, 0)
