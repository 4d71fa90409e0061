with contacts as (
    select * from {{ ref('staff_contacts') }}
),

{#- Whose customers nobody holds, and orders of nobody known, have rows of their own: the rows of a date add up to the brand. #}

customers as (
    select
        as_of_date,
        holder_kind,
        userid,
        sum(customers_count) as customers_count,
        sum(at_risk_count) as at_risk_count,
        sum(buyers_count) as buyers_count,
        sum(month_orders_count) as month_orders_count,
        sum(month_net_amount) as month_net_amount
    from {{ ref('staff_customers') }}
    group by as_of_date, holder_kind, userid
),

holders as (
    select
        as_of_date,
        'staff' as holder_kind,
        userid
    from contacts
    union
    select
        as_of_date,
        holder_kind,
        userid
    from customers
)

select
    holders.as_of_date,
    holders.holder_kind,
    holders.userid,
    case when holders.holder_kind = 'staff' then coalesce(staff.persona, 'unknown') else holders.holder_kind end as persona,
    coalesce(staff.left_date <= holders.as_of_date, false) as has_left,
    coalesce(contacts.contacts_count, 0) as contacts_count,
    coalesce(contacts.new_contacts_count, 0) as new_contacts_count,
    coalesce(contacts.lost_contacts_count, 0) as lost_contacts_count,
    coalesce(contacts.transferred_in_count, 0) as transferred_in_count,
    coalesce(contacts.transferred_out_count, 0) as transferred_out_count,
    coalesce(contacts.chats_count, 0) as chats_count,
    coalesce(contacts.messages_count, 0) as messages_count,
    contacts.reply_rate,
    contacts.reply_minutes,
    coalesce(contacts.negative_feedback_count, 0) as negative_feedback_count,
    cast(coalesce(customers.customers_count, 0) as bigint) as customers_count,
    cast(coalesce(customers.buyers_count, 0) as bigint) as buyers_count,
    {{ share('customers.buyers_count', 'customers.customers_count') }} as conversion_rate,
    cast(coalesce(customers.month_orders_count, 0) as bigint) as month_orders_count,
    cast(coalesce(customers.month_net_amount, 0) as decimal(18, 4)) as month_net_amount,
    cast(coalesce(customers.at_risk_count, 0) as bigint) as at_risk_count
from holders
left join contacts
    on holders.as_of_date = contacts.as_of_date and holders.userid = contacts.userid and holders.holder_kind = 'staff'
left join customers
    on holders.as_of_date = customers.as_of_date and holders.userid = customers.userid and holders.holder_kind = customers.holder_kind
left join {{ ref('int_staff__dated') }} as staff on holders.userid = staff.userid and holders.holder_kind = 'staff'
