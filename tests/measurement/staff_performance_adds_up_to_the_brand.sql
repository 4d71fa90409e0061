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

brand as (
    select
        months.as_of_date,
        (
            select count(*)
            from {{ ref('customer_tags') }} as customers
            where customers.as_of_date = months.as_of_date
        ) as customers_count,
        (
            select coalesce(sum(orders.payable_amount), 0)
            from {{ ref('int_orders__validated') }} as orders
            where orders.is_valid and orders.ordered_date between months.month_begins_on and months.as_of_date
        ) - (
            select coalesce(sum(refunds.refund_amount), 0)
            from {{ ref('int_refunds__dated') }} as refunds
            inner join {{ ref('int_orders__validated') }} as orders on refunds.order_id = orders.order_id
            where
                orders.is_valid
                and orders.ordered_date between months.month_begins_on and months.as_of_date
                and refunds.refunded_date <= months.as_of_date
        ) as month_net_amount
    from months
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
