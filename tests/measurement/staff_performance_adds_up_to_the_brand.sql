{#-
  The rows of a date add up to the brand: every customer is held by one member of staff or by nobody, every order of the month counts
  once, also those of nobody known, to the cent. Otherwise a bonus is paid twice, or for sales that nobody made.
#}
with months as (
    select
        as_of_date,
        cast({{ dbt.date_trunc('month', 'as_of_date') }} as date) as month_begins_on
    from {{ ref('int_as_of_dates') }}
),

customers as (
    select
        as_of_date,
        count(*) as customers_count
    from {{ ref('customer_tags') }}
    group by as_of_date
),

changes as (
    select
        months.as_of_date,
        orders.payable_amount as amount
    from {{ ref('int_orders__validated') }} as orders
    inner join months on orders.ordered_date between months.month_begins_on and months.as_of_date
    where orders.is_valid
    union all
    select
        months.as_of_date,
        -refunds.refund_amount as amount
    from {{ ref('int_refunds__dated') }} as refunds
    inner join {{ ref('int_orders__validated') }} as orders on refunds.order_id = orders.order_id
    inner join months
        on orders.ordered_date between months.month_begins_on and months.as_of_date and refunds.refunded_date <= months.as_of_date
    where orders.is_valid
),

money as (
    select
        as_of_date,
        sum(amount) as month_net_amount
    from changes
    group by as_of_date
),

brand as (
    select
        months.as_of_date,
        coalesce(customers.customers_count, 0) as customers_count,
        coalesce(money.month_net_amount, 0) as month_net_amount
    from months
    left join customers on months.as_of_date = customers.as_of_date
    left join money on months.as_of_date = money.as_of_date
),

{% for model in ['staff_performance', 'staff_crowds'] -%}
    {{ model }} as (
        select
            as_of_date,
            sum(customers_count) as customers_count,
            sum(month_net_amount) as month_net_amount
        from {{ ref(model) }}
        group by as_of_date
    ){{ ',' if not loop.last }}

{% endfor %}

select
    brand.*,
    staff_performance.customers_count as of_staff_count,
    staff_performance.month_net_amount as of_staff_amount
from brand
left join staff_performance on brand.as_of_date = staff_performance.as_of_date
left join staff_crowds on brand.as_of_date = staff_crowds.as_of_date
where
    brand.customers_count <> coalesce(staff_performance.customers_count, 0)
    or brand.month_net_amount <> coalesce(staff_performance.month_net_amount, 0)
    or brand.customers_count <> coalesce(staff_crowds.customers_count, 0)
    or brand.month_net_amount <> coalesce(staff_crowds.month_net_amount, 0)
