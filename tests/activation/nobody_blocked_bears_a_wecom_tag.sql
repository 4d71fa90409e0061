{#- Tags to set on customers who must not be written to in WeCom: a message to all who bear the tag would reach them. -#}
select targets.*
from {{ ref('wecom_tag_targets') }} as targets
inner join {{ ref('contact_permissions') }} as permissions on targets.customer_id = permissions.customer_id and permissions.channel = 'wecom_chat'
where not permissions.is_allowed
