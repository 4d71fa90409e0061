with months as (
    select * from {{ ref('contact_months') }}
),

open_spells as (
    select
        months.as_of_date,
        spells.customer_id,
        spells.userid,
        spells.external_userid,
        spells.begun_date
    from {{ ref('int_contact_spells__dated') }} as spells
    inner join months on spells.begun_date <= months.as_of_date
    left join {{ ref('int_staff__dated') }} as staff on spells.userid = staff.userid
    where
        spells.customer_id is not null
        and (spells.ended_date is null or spells.ended_date > months.as_of_date)
        and (staff.left_date is null or staff.left_date > months.as_of_date)
),

chat_days as (
    select
        customer_id,
        staff_userid as userid,
        occurred_date,
        max(occurred_at) as last_chat_at
    from {{ ref('int_touchpoints__unified') }}
    where touchpoint = 'wecom_chat' and staff_userid is not null and customer_id is not null
    group by customer_id, staff_userid, occurred_date
),

held as (
    select
        open_spells.as_of_date,
        open_spells.customer_id,
        open_spells.userid,
        open_spells.external_userid,
        max(open_spells.begun_date) as added_date,
        max(chat_days.last_chat_at) as last_chat_at
    from open_spells
    left join chat_days
        on
            open_spells.customer_id = chat_days.customer_id
            and open_spells.userid = chat_days.userid
            and open_spells.as_of_date >= chat_days.occurred_date
    group by open_spells.as_of_date, open_spells.customer_id, open_spells.userid, open_spells.external_userid
),

{#- The order in which activation names its sender: who chatted with the customer last, else who added them last. #}

ranked as (
    select
        *,
        row_number() over (
            partition by as_of_date, customer_id
            order by last_chat_at desc nulls last, added_date desc nulls last, userid asc nulls last, external_userid asc nulls last
        ) as place
    from held
)

select
    as_of_date,
    customer_id,
    userid
from ranked
where place = 1
