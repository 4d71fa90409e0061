with customers as (
    select
        customer_id,
        as_of_date,
        orders_count,
        net_amount,
        is_wecom_contact,
        referrals_count
    from {{ ref('customer_tags') }}
),

invitations as (
    select * from {{ ref('referrals_judged') }}
    where verdict = 'counted'
),

brought as (
    select
        customers.*,
        coalesce(invitations.inviter_kind, 'nobody') as inviter_kind,
        coalesce(invitations.inviter_id, 'nobody') as inviter_id,
        invitations.referral_source
    from customers
    left join invitations on customers.customer_id = invitations.customer_id and customers.as_of_date >= invitations.referred_date
),

became as (
    select
        as_of_date,
        inviter_kind,
        inviter_id,
        count(*) as invited_count,
        count(case when referral_source = 'registration' then 1 end) as invited_to_register_count,
        count(case when referral_source = 'group' then 1 end) as invited_to_group_count,
        count(case when orders_count > 0 then 1 end) as bought_count,
        sum(orders_count) as orders_count,
        sum(net_amount) as net_amount,
        count(case when is_wecom_contact then 1 end) as still_contacts_count
    from brought
    group by as_of_date, inviter_kind, inviter_id
),

{#- Who shared an invitation that nobody took up is an inviter, too. #}

shared as (
    select
        as_of_date,
        'customer' as inviter_kind,
        customer_id as inviter_id,
        referrals_count
    from customers
    where referrals_count > 0
)

select
    coalesce(became.as_of_date, shared.as_of_date) as as_of_date,
    coalesce(became.inviter_kind, shared.inviter_kind) as inviter_kind,
    coalesce(became.inviter_id, shared.inviter_id) as inviter_id,
    coalesce(shared.referrals_count, 0) as referrals_count,
    coalesce(became.invited_count, 0) as invited_count,
    coalesce(became.invited_to_register_count, 0) as invited_to_register_count,
    coalesce(became.invited_to_group_count, 0) as invited_to_group_count,
    coalesce(became.bought_count, 0) as bought_count,
    {{ share('became.bought_count', 'became.invited_count') }} as bought_share,
    cast(coalesce(became.orders_count, 0) as bigint) as orders_count,
    cast(coalesce(became.net_amount, 0) as decimal(18, 4)) as net_amount,
    coalesce(became.still_contacts_count, 0) as still_contacts_count
from became
full outer join shared
    on became.as_of_date = shared.as_of_date and became.inviter_kind = shared.inviter_kind and became.inviter_id = shared.inviter_id
