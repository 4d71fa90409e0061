select
    scheme_code,
    segment_code,
    change_number
from {{ ref('segment_definition_changes') }}
where is_in_force
