{#- A core pool that does not grow by 5 % a year does not make up for what it loses: docs/measurement/money.md. -#}
{%- set yearly_growth = 0.05 -%}

with sizes as (
    select
        as_of_date,
        customers_count
    from {{ ref('segment_sizes') }}
    where scheme_code = 'core_pool' and segment_code = 'core'
),

pairs as (
    select
        sizes.as_of_date,
        bases.as_of_date as base_date,
        {{ dbt.datediff('bases.as_of_date', 'sizes.as_of_date', 'day') }} as days_count,
        sizes.customers_count,
        bases.customers_count as base_customers_count
    from sizes
    inner join sizes as bases on sizes.as_of_date >= bases.as_of_date
),

targeted as (
    select
        *,
        base_customers_count * (1 + cast({{ yearly_growth }} as double) * days_count / 365) as target_customers_count
    from pairs
)

select
    as_of_date,
    base_date,
    days_count,
    customers_count,
    base_customers_count,
    target_customers_count,
    {{ share('customers_count - base_customers_count', 'base_customers_count') }} as growth_share,
    customers_count - target_customers_count as above_target_count,
    case when base_customers_count > 0 then customers_count >= target_customers_count end as is_on_target
from targeted
