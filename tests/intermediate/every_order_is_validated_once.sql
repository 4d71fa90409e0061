{#- A staged order fell out, came twice or changed its amount on the way: customer value no longer matches the till. -#}
with newest as (
    select max(as_of_date) as newest_date from {{ ref('int_as_of_dates') }}
),

staged as (
    select
        orders.order_id,
        orders.customer_id is null as is_anonymous,
        {#- Rounded apart, the two differ by less than the smallest coin. #}
        case
            when orders.order_amount <= coalesce(orders.discount_amount, 0) + coalesce(orders.coupon_amount, 0) then 0
            else (orders.order_amount - coalesce(orders.discount_amount, 0) - coalesce(orders.coupon_amount, 0)) * coalesce(rates.rate, 1)
        end as payable_amount
    from {{ ref('stg_orders') }} as orders
    inner join newest on orders.ordered_date <= newest.newest_date
    left join {{ ref('int_exchange_rates__dated') }} as rates
        on orders.currency = rates.currency and orders.ordered_date = rates.ordered_date
),

validated as (
    select
        order_id,
        customer_id is null as is_anonymous,
        order_amount,
        reduction_amount,
        payable_amount
    from {{ ref('int_orders__validated') }}
)

select
    coalesce(staged.order_id, validated.order_id) as order_id,
    staged.payable_amount as staged_amount,
    validated.payable_amount as validated_amount
from staged
full outer join validated on staged.order_id = validated.order_id
where
    staged.order_id is null
    or validated.order_id is null
    or abs(staged.payable_amount - validated.payable_amount) > 0.00005
    or validated.order_amount - validated.reduction_amount <> validated.payable_amount
    or staged.is_anonymous <> validated.is_anonymous
