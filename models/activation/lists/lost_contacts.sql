with customers as (
    select * from {{ ref('customer_tags') }}
    where is_current
),

{#- Still held, but they have not done anything for as long as makes a customer lost: they may have muted the chat, nobody is told. #}

typed as (
    select
        *,
        case
            when wecom_lost_date is not null then loss_type
            when
                is_wecom_contact
                and {{ dbt.datediff('wecom_added_date', 'as_of_date', 'day') }} > {{ var('lost_after_days') }}
                and coalesce(days_since_last_active, {{ var('lost_after_days') }} + 1) > {{ var('lost_after_days') }}
                then 'silent'
        end as contact_loss_type
    from customers
),

lost as (
    select
        *,
        coalesce(wecom_lost_date, greatest(last_active_date, wecom_added_date)) as lost_since_date
    from typed
    where contact_loss_type is not null
),

approaches as (
    select * from {{ ref('customer_approaches') }}
)

select
    lost.customer_id,
    lost.as_of_date,
    lost.contact_loss_type as loss_type,
    lost.lost_since_date,
    case lost.contact_loss_type
        when 'by_customer' then 'They deleted us on ' || cast(lost.lost_since_date as {{ dbt.type_string() }}) || '.'
        when 'by_staff' then 'Staff deleted them on ' || cast(lost.lost_since_date as {{ dbt.type_string() }}) || '.'
        when 'silent' then 'Still a contact, but silent since ' || cast(lost.lost_since_date as {{ dbt.type_string() }}) || '.'
        else 'The contact ended on ' || cast(lost.lost_since_date as {{ dbt.type_string() }}) || ', nobody knows by whom.'
    end as reason_en,
    case lost.contact_loss_type
        when 'by_customer' then '客户于' || cast(lost.lost_since_date as {{ dbt.type_string() }}) || '删除了员工。'
        when 'by_staff' then '员工于' || cast(lost.lost_since_date as {{ dbt.type_string() }}) || '删除了客户。'
        when 'silent' then '仍是好友，但自' || cast(lost.lost_since_date as {{ dbt.type_string() }}) || '起沉默。'
        else '好友关系于' || cast(lost.lost_since_date as {{ dbt.type_string() }}) || '结束，原因未知。'
    end as reason_zh,
    approaches.value_at_stake,
    approaches.channel,
    approaches.sender_userid,
    approaches.blocked_reason,
    approaches.is_over_cap,
    approaches.is_usable
from lost
inner join approaches on lost.customer_id = approaches.customer_id
