{#- The customers listed as moved are not those counted as moved: the reasons given do not explain the flow. -#}
with newest as (
    select as_of_date from {{ ref('int_as_of_dates') }}
    where is_current
),

differences as (
    select
        transitions.scheme_code,
        transitions.from_segment_code,
        transitions.to_segment_code,
        transitions.customers_count
    from {{ ref('segment_transitions') }} as transitions
    inner join newest on transitions.to_as_of_date = newest.as_of_date
    where
        transitions.from_segment_code <> transitions.to_segment_code
        and transitions.from_segment_code <> '_entered'
        and transitions.to_segment_code <> '_left'
    union all
    select
        scheme_code,
        from_segment_code,
        to_segment_code,
        -1 as customers_count
    from {{ ref('segment_moves') }}
)

select
    scheme_code,
    from_segment_code,
    to_segment_code,
    sum(customers_count) as missing_moves
from differences
group by scheme_code, from_segment_code, to_segment_code
having sum(customers_count) <> 0
