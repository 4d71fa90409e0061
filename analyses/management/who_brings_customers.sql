{#-
  15. Who brings us customers, and what became of them?
  15. 谁为我们带来了客户，后来如何？
  Each row is one of the 15 inviters whose invited brought most: a customer, or a member of staff who invites into groups. The row nobody holds everybody who was not invited;
  compare its share of buyers with that of the invited.

      dbt show --select who_brings_customers --limit 20
  picture: bar x=inviter_id y=net_amount series=inviter_kind
-#}

select
    inviter_kind,
    inviter_id,
    invited_count,
    bought_count,
    round(bought_share, 3) as bought_share,
    net_amount,
    still_contacts_count
from {{ ref('referral_performance') }}
where as_of_date = (select max(as_of_date) from {{ ref('int_as_of_dates') }}) and invited_count > 0
order by net_amount desc, inviter_kind asc, inviter_id asc
limit 15
