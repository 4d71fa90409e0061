with customers as (
    select
        *,
        least(first_touch_date, registered_date) as came_date
    from {{ ref('customer_tags') }}
    where is_current
),

contacts as (
    select * from {{ ref('channel_contacts') }}
),

purchases as (
    select
        purchases.customer_id,
        purchases.ordered_date,
        row_number() over (partition by purchases.customer_id order by purchases.ordered_date nulls last, purchases.order_id nulls last) as place
    from {{ ref('int_purchases__counted') }} as purchases
    inner join {{ ref('int_as_of_dates') }} as newest on purchases.ordered_date <= newest.as_of_date and purchases.undone_date > newest.as_of_date
    where newest.is_current
),

second_orders as (
    select
        customer_id,
        ordered_date as second_order_date
    from purchases
    where place = 2
)

select
    customers.customer_id,
    customers.as_of_date,
    coalesce(customers.source_channel, 'unknown') as source_channel,
    coalesce(customers.channel_state, 'none') as channel_state,
    customers.wecom_added_date is not null as is_added,
    contacts.is_kept_1d,
    contacts.is_kept_7d,
    contacts.is_kept_30d,
    case
        when {{ days_after('customers.came_date', 30) }} <= customers.as_of_date and coalesce(customers.first_order_date >= customers.came_date, true)
            then coalesce(customers.first_order_date <= {{ days_after('customers.came_date', 30) }}, false)
    end as is_first_order_30d,
    customers.days_to_first_order,
    customers.orders_count > 0 as is_buyer,
    case
        when {{ days_after('customers.first_order_date', 90) }} <= customers.as_of_date
            then coalesce(second_orders.second_order_date <= {{ days_after('customers.first_order_date', 90) }}, false)
    end as is_repurchase_90d,
    customers.net_amount,
    cast(customers.clv_365d as decimal(18, 4)) as clv_amount
from customers
left join contacts on customers.customer_id = contacts.customer_id
left join second_orders on customers.customer_id = second_orders.customer_id
