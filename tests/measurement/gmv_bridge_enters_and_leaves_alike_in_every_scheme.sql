{#-
  Comparisons in which entry, exit or anonymous orders are another amount in one scheme than in another. Who is new and who is gone does not
  depend on how customers are classed; two schemes that disagree would explain one change by two different reasons.
-#}
with schemes as (
    select
        period_code,
        comparison_code,
        measure_code,
        scheme_code,
        sum(entry_amount) as entry_amount,
        sum(exit_amount) as exit_amount,
        sum(anonymous_amount) as anonymous_amount
    from {{ ref('gmv_bridge') }}
    group by period_code, comparison_code, measure_code, scheme_code
)

select
    period_code,
    comparison_code,
    measure_code
from schemes
group by period_code, comparison_code, measure_code
having
    min(entry_amount) <> max(entry_amount)
    or min(exit_amount) <> max(exit_amount)
    or min(anonymous_amount) <> max(anonymous_amount)
