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

{#- What explains a change: the described columns that the rules read, and those that the definition names as reasons. #}

moved as (
    {% for scheme in segment_schemes() -%}
        {%- set rules = scheme.definition.segments | map(attribute='when') | join(' ') -%}
        {%- set reasons = scheme.definition.reasons or [] -%}
        {%- for reason in reasons if reason not in scheme.columns -%}
            {{ exceptions.raise_compiler_error(
                "The reason " ~ reason ~ " of " ~ scheme.model ~ " is no described column of it: describe it in " ~ scheme.model ~ ".yml."
            ) }}
        {%- endfor -%}
        select
            '{{ scheme.definition.code }}' as scheme_code,
            became.customer_id,
            was.as_of_date as from_as_of_date,
            became.as_of_date as to_as_of_date,
            was.segment_code as from_segment_code,
            became.segment_code as to_segment_code,
            concat_ws(
                '; ',
                {% for column in scheme.columns if column in reasons or modules.re.search('\\b' ~ column ~ '\\b', rules) -%}
                    case
                        when became.{{ column }} is distinct from was.{{ column }}
                            then
                                '{{ column }}: ' || coalesce(cast(was.{{ column }} as {{ dbt.type_string() }}), 'none')
                                || ' -> ' || coalesce(cast(became.{{ column }} as {{ dbt.type_string() }}), 'none')
                    end,
                {% endfor -%}
                cast(null as {{ dbt.type_string() }})
            ) as changed_values
        from {{ rows_of_scheme(scheme.model) }} as became
        inner join dates on became.as_of_date = dates.as_of_date
        inner join {{ rows_of_scheme(scheme.model) }} as was
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
