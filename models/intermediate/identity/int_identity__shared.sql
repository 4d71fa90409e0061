with judged as (
    select * from {{ ref('int_identity__judged') }}
)

select
    identifier_type,
    identifier,
    reason,
    customers_count,
    persons_count,
    customer_id
from judged
where reason is not null
