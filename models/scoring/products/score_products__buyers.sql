{#- The first order stands for its customer: a merged identity may give them another name, and nothing else about them changes. #}
select
    customer_id,
    {{ row_hash(["min(cast(ordered_date as " ~ dbt.type_string() ~ ") || '|' || order_id)"]) }} as buyer_number,
    min(ordered_date) as first_date
from {{ ref('int_purchases__counted') }}
where undone_date > ordered_date
group by customer_id
