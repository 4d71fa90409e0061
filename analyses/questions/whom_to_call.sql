{#-
  2. Which 500 lapsed customers are worth a call, and why?
  2. 哪 500 位流失客户值得打电话，为什么？
  The first row loses the brand most if nobody calls: what they would spend in a year times
  the probability that they do not come back; all allow a phone call.

      dbt show --select whom_to_call --limit 500
-#}

select
    recalled.customer_id,
    recalled.segment_code,
    recalled.reason_en,
    recalled.last_answered_touchpoint,
    round(recalled.value_at_stake, 2) as value_at_stake,
    round(recalled.churn_probability, 2) as churn_probability,
    round(recalled.value_at_stake * recalled.churn_probability, 2) as value_at_risk
from {{ ref('recall_list') }} as recalled
inner join {{ ref('contact_permissions') }} as permissions on recalled.customer_id = permissions.customer_id and permissions.channel = 'phone'
where permissions.is_allowed and not permissions.is_over_cap
order by recalled.value_at_stake * recalled.churn_probability desc, recalled.customer_id asc
limit 500
