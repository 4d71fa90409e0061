{#- What was said and the changes by rule, data and customers are not the size: somebody left or came, and nobody says why. -#}
select *
from {{ ref('segment_size_changes') }}
where
    coalesce(said_customers_count, from_customers_count) + change_by_rule + change_by_data + change_by_customers <> to_customers_count
    or (has_other_rule and change_by_data <> 0)
