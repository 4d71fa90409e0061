{#- Every buyer of a date has a row, with scores or with the reason why not; a missing row is neither. #}
with buyers as (
    select
        customer_id,
        as_of_date
    from {{ ref('int_orders__measured') }}
    where orders_count > 0
)

select
    coalesce(buyers.customer_id, scores.customer_id) as customer_id,
    coalesce(buyers.as_of_date, scores.as_of_date) as as_of_date
from buyers
full join {{ ref('score_clv') }} as scores on buyers.customer_id = scores.customer_id and buyers.as_of_date = scores.as_of_date
where buyers.customer_id is null or scores.customer_id is null
