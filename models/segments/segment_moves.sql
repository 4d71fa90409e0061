{%- set schemes = segment_schemes_of_graph() if execute else {} -%}

with dates as (
    select
        as_of_date,
        previous_as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

definitions as (
    select
        scheme_code,
        segment_code,
        rule
    from {{ ref('segment_definitions') }}
),

moved as (
    {% for model in segment_models() -%}
        select
            '{{ model | replace("segment_", "") }}' as scheme_code,
            became.customer_id,
            was.as_of_date as from_as_of_date,
            became.as_of_date as to_as_of_date,
            was.segment_code as from_segment_code,
            became.segment_code as to_segment_code,
            {{ changed_values(segment_reason_columns(model, schemes.get(model, {'segments': []})) if execute else []) }} as changed_values
        from {{ ref(model) }} as became
        inner join dates on became.as_of_date = dates.as_of_date
        inner join {{ ref(model) }} as was
            on became.customer_id = was.customer_id and dates.previous_as_of_date = was.as_of_date
        where became.segment_code <> was.segment_code
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    moved.scheme_code,
    moved.customer_id,
    moved.from_as_of_date,
    moved.to_as_of_date,
    moved.from_segment_code,
    moved.to_segment_code,
    rules_before.rule as rule_before,
    rules_now.rule as rule_now,
    moved.changed_values
from moved
left join definitions as rules_before
    on moved.scheme_code = rules_before.scheme_code and moved.from_segment_code = rules_before.segment_code
left join definitions as rules_now
    on moved.scheme_code = rules_now.scheme_code and moved.to_segment_code = rules_now.segment_code
