{#-
  A tag that is rendered but not in the dictionary (or fits two of its entries), or a confidence that is no probability:
  nobody can say what the tag means or how far to trust it. Newest date only: the codes and rules are the same at all.
-#}
{#- A literal: DuckDB renders every date to look one up. #}
{% set dates = ref('int_as_of_dates') %}
{% set newest_date = run_query('select max(as_of_date) from ' ~ dates).rows[0][0] if execute and flags.WHICH in ['build', 'test'] else '2000-01-01' %}

with rendered as (
    select
        tag_code,
        kind,
        life_stage,
        count(*) filter (where tag_value is null) as empty_values_count,
        count(*) filter (where (confidence between 0 and 1) is not true) as bad_confidences_count
    from {{ ref('customer_tag_values') }}
    where as_of_date = date '{{ newest_date }}'
    group by tag_code, kind, life_stage
),

matched as (
    select
        rendered.tag_code,
        rendered.kind,
        rendered.life_stage,
        rendered.empty_values_count,
        rendered.bad_confidences_count,
        count(entries.tag_code) as entries_count
    from rendered
    left join {{ ref('tag_dictionary') }} as entries
        on
            rendered.kind = entries.kind
            and rendered.life_stage = entries.life_stage
            and regexp_extract(rendered.tag_code, entries.code_pattern, 0) = rendered.tag_code
    group by
        rendered.tag_code,
        rendered.kind,
        rendered.life_stage,
        rendered.empty_values_count,
        rendered.bad_confidences_count
)

select *
from matched
where entries_count <> 1 or empty_values_count > 0 or bad_confidences_count > 0
