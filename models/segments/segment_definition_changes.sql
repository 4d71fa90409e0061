with said as (
    select * from {{ ref('segment_definitions__said') }}
),

ordered as (
    select
        *,
        lag(rule) over by_class as rule_before,
        lead(as_of_date) over by_class as next_as_of_date,
        lead(change_number) over by_class as next_change_number
    from said
    window by_class as (partition by scheme_code, segment_code order by change_number nulls last)
)

select
    scheme_code,
    segment_code,
    change_number,
    case
        when rule is null then 'removed'
        when rule_before is null then 'added'
        else 'changed'
    end as change_kind,
    rule_before,
    rule,
    population,
    inputs,
    as_of_date as in_force_from_date,
    next_as_of_date as in_force_until_date,
    rule is not null and next_change_number is null as is_in_force
from ordered
