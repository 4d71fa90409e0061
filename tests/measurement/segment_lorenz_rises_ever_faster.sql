{#-
  Points of a curve that fall, or that rise less than the one before: customers would not be in the order of what they spent, and Gini and the
  top 20 % be wrong with it.
-#}
with steps as (
    select
        as_of_date,
        scheme_code,
        segment_code,
        customers_percent,
        amount_share - lag(amount_share) over curve as step,
        lag(amount_share) over curve - lag(amount_share, 2) over curve as step_before
    from {{ ref('segment_lorenz') }}
    window curve as (partition by as_of_date, scheme_code, segment_code order by customers_percent nulls last)
)

select * from steps
where step < -1e-12 or step < step_before - 1e-9
