{#-
  5. Which classes of customers exist only on paper?
  5. 哪些客户分层只存在于统计里？
  Each row is a class whose next 30 days cannot be told from its neighbour's, though both have 30 customers or more: merge it
  (statistical_only), or ask whether its own actions do anything (same_outcome).

      dbt show --select which_classes_are_of_no_use --limit 30
  picture: interval x=class_and_neighbour y=buyers_share_difference low=low high=high
-#}

select
    scheme_code || ': ' || segment_code || ' / ' || neighbour_segment_code as class_and_neighbour,
    verdict,
    customers_count,
    round(stability_share, 4) as stability_share,
    round(buyers_share_difference, 4) as buyers_share_difference,
    round(buyers_share_difference_low, 4) as low,
    round(buyers_share_difference_high, 4) as high
from {{ ref('segment_health') }}
where verdict in ('statistical_only', 'same_outcome')
order by verdict desc, customers_count desc, class_and_neighbour asc
