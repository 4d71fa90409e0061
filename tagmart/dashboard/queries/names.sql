select
    scheme_code,
    segment_code,
    position,
    name_en,
    name_zh,
    scheme_name_en,
    scheme_name_zh,
    rule
from segments.segment_definitions
order by scheme_code, position
