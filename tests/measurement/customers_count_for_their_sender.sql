{{ config(group='measurement') }}
{#-
  Today a customer counts for the member of staff in whose name activation writes to them. Otherwise one does the work and another one
  has the result.
#}
with senders as (
    select
        customer_id,
        userid,
        row_number() over (
            partition by customer_id
            order by last_chat_at desc nulls last, added_date desc nulls last, userid asc nulls last, external_userid asc nulls last
        ) as place
    from {{ ref('int_relations__held') }}
),

holders as (
    select holders.*
    from {{ ref('staff_holders') }} as holders
    inner join {{ ref('int_as_of_dates') }} as dates on holders.as_of_date = dates.as_of_date
    where dates.is_current
)

select
    senders.customer_id,
    senders.userid as sender_userid,
    holders.userid
from (select * from senders where place = 1) as senders
full outer join holders on senders.customer_id = holders.customer_id
where senders.userid is distinct from holders.userid
