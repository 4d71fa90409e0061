{#-
  Schemes that are missing from a comparison whose periods both have classes, or that are told without: a manager who looks at that scheme
  would think that nothing changed.
-#}
with comparisons as (
    select
        period_code,
        comparison_code,
        from_closing_as_of_date is not null as has_classes
    from {{ ref('period_comparisons') }}
),

told as (
    select
        period_code,
        comparison_code,
        count(distinct scheme_code) as schemes_count
    from {{ ref('gmv_bridge') }}
    where measure_code = 'net_amount'
    group by period_code, comparison_code
),

schemes as (
    select count(distinct scheme_code) as schemes_count
    from {{ ref('segment_definitions') }}
)

select
    comparisons.period_code,
    comparisons.comparison_code,
    told.schemes_count
from comparisons
inner join told on comparisons.period_code = told.period_code and comparisons.comparison_code = told.comparison_code
cross join schemes
where told.schemes_count <> case when comparisons.has_classes then schemes.schemes_count + 1 else 1 end
