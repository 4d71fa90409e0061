select
    scheme_code,
    segment_code,
    cast(row_number() over (order by scheme_code nulls last, segment_code nulls last) as smallint) as class_number
from {{ ref('segment_definitions') }}
