{#- Everyone known at a date has a row, with scores or with the reason why not: a missing row is neither. #}
select
    coalesce(dated.customer_id, scores.customer_id) as customer_id,
    coalesce(dated.as_of_date, scores.as_of_date) as as_of_date
from {{ ref('int_customers__dated') }} as dated
full join {{ ref('score_clv') }} as scores on dated.customer_id = scores.customer_id and dated.as_of_date = scores.as_of_date
where dated.customer_id is null or scores.customer_id is null
