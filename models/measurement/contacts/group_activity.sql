with months as (
    select * from {{ ref('contact_months') }}
),

chats as (
    select
        months.as_of_date,
        months.month_begins_on,
        chats.*
    from {{ ref('int_group_chats__dated') }} as chats
    inner join months on chats.created_date <= months.as_of_date
),

members as (
    select
        months.as_of_date,
        memberships.chat_id,
        memberships.member_id,
        memberships.customer_id
    from {{ ref('group_memberships') }} as memberships
    inner join months on memberships.joined_date <= months.as_of_date
    where memberships.ended_date is null or memberships.ended_date > months.as_of_date
),

messages as (
    select * from {{ ref('group_messages') }}
),

said as (
    select
        as_of_date,
        chat_id,
        sum(messages_count) as messages_count
    from messages
    group by as_of_date, chat_id
),

{#- Somebody may be in a group twice, with two accounts: as a customer they count once. #}

people as (
    select distinct
        as_of_date,
        chat_id,
        customer_id
    from members
    where customer_id is not null
),

counted as (
    select
        as_of_date,
        chat_id,
        count(*) as members_count
    from members
    group by as_of_date, chat_id
),

customers as (
    select
        people.as_of_date,
        people.chat_id,
        count(*) as customers_count,
        count(messages.customer_id) as active_customers_count,
        count(case when orders.month_orders_count > 0 then 1 end) as buyers_count,
        sum(coalesce(orders.month_orders_count, 0)) as month_orders_count,
        sum(coalesce(orders.month_net_amount, 0)) as month_net_amount
    from people
    left join messages
        on people.as_of_date = messages.as_of_date and people.chat_id = messages.chat_id and people.customer_id = messages.customer_id
    left join {{ ref('month_purchases') }} as orders
        on people.as_of_date = orders.as_of_date and people.customer_id = orders.customer_id
    group by people.as_of_date, people.chat_id
)

select
    chats.as_of_date,
    chats.chat_id,
    chats.chat_name,
    chats.group_kind,
    chats.owner_userid,
    coalesce(chats.dismissed_date <= chats.as_of_date, false) as is_dismissed,
    coalesce(counted.members_count, 0) as members_count,
    coalesce(customers.customers_count, 0) as customers_count,
    coalesce(customers.active_customers_count, 0) as active_customers_count,
    {{ share('customers.active_customers_count', 'customers.customers_count') }} as active_share,
    cast(coalesce(said.messages_count, 0) as bigint) as messages_count,
    coalesce(customers.buyers_count, 0) as buyers_count,
    {{ share('customers.buyers_count', 'customers.customers_count') }} as conversion_rate,
    cast(coalesce(customers.month_orders_count, 0) as bigint) as month_orders_count,
    cast(coalesce(customers.month_net_amount, 0) as decimal(18, 4)) as month_net_amount
from chats
left join counted on chats.as_of_date = counted.as_of_date and chats.chat_id = counted.chat_id
left join said on chats.as_of_date = said.as_of_date and chats.chat_id = said.chat_id
left join customers on chats.as_of_date = customers.as_of_date and chats.chat_id = customers.chat_id
