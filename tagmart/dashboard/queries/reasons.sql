-- A reason is the set of columns whose values changed for a customer, as segment_moves says them: `column: before -> now; ...`.
with moves as (
    select
        scheme_code,
        from_segment_code,
        to_segment_code,
        array_to_string(list_sort(list_distinct(regexp_extract_all(changed_values, '(?:^|; )([A-Za-z0-9_]+): ', 1))), ' + ') as changed
    from segments.segment_moves
)

select
    scheme_code,
    from_segment_code,
    to_segment_code,
    case when changed = '' then '_rule' else changed end as changed,
    count(*) as customers
from moves
group by all
order by all
