{#- The definitions as dbt knows them once the project is read, thresholds filled in. -#}
{% for model in segment_models() %}
    {% set declared_for_lineage = rows_of_scheme(model) %}
{% endfor %}
with definitions as (
    {% for scheme in segment_schemes() | map(attribute='definition') -%}
        {% set outer = loop -%}
        {% for segment in scheme.segments -%}
            select
                {{ text_literal(scheme.code) }} as scheme_code,
                {{ text_literal(segment.code) }} as segment_code,
                {{ text_literal(segment.name_en) }} as name_en,
                {{ text_literal(segment.name_zh) }} as name_zh,
                {{ text_literal(segment.when) }} as rule,
                {{ loop.index }} as position,
                {{ text_literal(scheme.population) }} as population,
                {{ text_literal(scheme.inputs) if scheme.inputs else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as inputs,
                {{ text_literal(scheme.name_en) }} as scheme_name_en,
                {{ text_literal(scheme.name_zh) }} as scheme_name_zh
            {{ 'union all' if not (loop.last and outer.last) }}
        {% endfor %}
    {%- endfor %}
)

select * from definitions
