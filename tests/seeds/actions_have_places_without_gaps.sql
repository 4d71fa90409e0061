{#- Places of a class are not 1, 2, 3 and so on: its first action is missing, or a row was lost while editing. -#}
select
    scheme_code,
    segment_code,
    min(position) as first_place,
    max(position) as last_place,
    count(*) as actions_count
from {{ ref('action_playbook') }}
group by scheme_code, segment_code
having min(position) is distinct from 1 or max(position) is distinct from count(*)
