{#- The last step after replayed_frame: rows of the main run give way to the replay of their date, and kept rows stay. -#}
{% macro replayed_rows(measured) %}
select {{ measured }}.*
from {{ measured }}
left join replays on {{ measured }}.customer_id = replays.customer_id and {{ measured }}.as_of_date = replays.as_of_date
where
    (replays.customer_id is null or {{ measured }}.replay_date <> date '1900-01-01')
    and {{ is_lacking(measured) }}
{%- endmacro %}
