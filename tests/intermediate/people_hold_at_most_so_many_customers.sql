{#- A person holds more known customers than identity_max_customers: strangers share one's orders, tags and coupons. -#}
select
    customer_id,
    count(*) as known_customers_count
from {{ ref('int_identity__resolved') }}
where identifier_type = 'customer_id'
group by customer_id
having count(*) > {{ var('identity_max_customers') }}
