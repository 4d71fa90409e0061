with months as (
    select * from {{ ref('contact_months') }}
),

contacts as (
    select
        months.as_of_date,
        relations.userid,
        cast(count(case when relations.ended_date is null or relations.ended_date > months.as_of_date then 1 end) as bigint) as contacts_count,
        cast(count(case when relations.begin_kind = 'new' and relations.begun_date >= months.month_begins_on then 1 end) as bigint)
            as new_contacts_count,
        cast(count(case when relations.begin_kind = 'transfer' and relations.begun_date >= months.month_begins_on then 1 end) as bigint)
            as transferred_in_count,
        cast(count(
            case
                when relations.end_kind <> 'transfer' and relations.ended_date between months.month_begins_on and months.as_of_date then 1
            end
        ) as bigint) as lost_contacts_count,
        cast(count(
            case
                when relations.end_kind = 'transfer' and relations.ended_date between months.month_begins_on and months.as_of_date then 1
            end
        ) as bigint) as transferred_out_count
    from {{ ref('contact_relations') }} as relations
    inner join months on relations.begun_date <= months.as_of_date
    group by months.as_of_date, relations.userid
),

talks as (
    select * from {{ ref('staff_talks') }}
),

everybody as (
    select
        as_of_date,
        userid
    from contacts
    union
    select
        months.as_of_date,
        talks.userid
    from {{ ref('int_staff_days__dated') }} as talks
    inner join months on talks.stat_date <= months.as_of_date
    union
    select
        months.as_of_date,
        staff.userid
    from {{ ref('int_staff__dated') }} as staff
    inner join months on staff.joined_date is null or staff.joined_date <= months.as_of_date
)

select
    everybody.as_of_date,
    everybody.userid,
    coalesce(contacts.contacts_count, 0) as contacts_count,
    coalesce(contacts.new_contacts_count, 0) as new_contacts_count,
    coalesce(contacts.lost_contacts_count, 0) as lost_contacts_count,
    coalesce(contacts.transferred_in_count, 0) as transferred_in_count,
    coalesce(contacts.transferred_out_count, 0) as transferred_out_count,
    coalesce(talks.chats_count, 0) as chats_count,
    coalesce(talks.messages_count, 0) as messages_count,
    talks.reply_rate,
    talks.reply_minutes,
    coalesce(talks.negative_feedback_count, 0) as negative_feedback_count
from everybody
left join contacts on everybody.as_of_date = contacts.as_of_date and everybody.userid = contacts.userid
left join talks on everybody.as_of_date = talks.as_of_date and everybody.userid = talks.userid
