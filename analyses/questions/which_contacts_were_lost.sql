{#-
  7. Which contacts were lost, and by whom?
  7. 流失了哪些好友，是谁流失的？
  Each row is a lost or silent contact, with who ended it and the member of staff they had last; the latest loss comes first.

      dbt show --select which_contacts_were_lost --limit 10
-#}

with held as (
    select
        customer_id,
        max_by(place_id, {{ in_order(['begun_at', 'place_id']) }}) as userid
    from {{ ref('int_contacts__dated') }}
    where event_kind in ('added', 'lost')
    group by customer_id
)

select
    lost.customer_id,
    lost.loss_type,
    lost.lost_since_date,
    held.userid,
    round(lost.value_at_stake, 2) as value_at_stake,
    coalesce(lost.channel, lost.blocked_reason) as other_way
from {{ ref('lost_contacts') }} as lost
left join held on lost.customer_id = held.customer_id
order by lost.lost_since_date desc, lost.customer_id asc
