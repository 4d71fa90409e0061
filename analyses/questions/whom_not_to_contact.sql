{#-
  4. Whom may we not contact, and why?
  4. 哪些客户不能联系，为什么？
  Each row is a customer whom no personal channel may reach, with the gravest reason; who spent most in the last year comes first.

      dbt show --select whom_not_to_contact --limit 10
-#}

with reachable as (
    select customer_id
    from {{ ref('contact_permissions') }}
    where is_allowed and is_personal
)

select
    permissions.customer_id,
    min_by(reasons.name_en, reasons.severity) as why,
    min_by(reasons.name_zh, reasons.severity) as why_zh,
    max(tags.net_amount_365d) as net_amount_365d
from {{ ref('contact_permissions') }} as permissions
inner join {{ ref('blocked_reasons') }} as reasons on permissions.blocked_reason = reasons.reason
inner join {{ ref('customer_tags') }} as tags on permissions.customer_id = tags.customer_id and tags.is_current
where
    permissions.is_personal
    and permissions.customer_id not in (select reachable.customer_id from reachable)
group by permissions.customer_id
order by net_amount_365d desc, permissions.customer_id asc
