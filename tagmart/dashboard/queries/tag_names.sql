select
    tag_code,
    name_en,
    name_zh
from tags.tag_dictionary
order by tag_code
