{#- The definitions as dbt knows them once the project is read, thresholds filled in. -#}
{% for model in segment_models() %}
    {% set declared_for_lineage = ref(model) %}
{% endfor %}
{% set schemes = segment_schemes_of_graph() if execute else {} %}
with definitions as (
    {% for scheme in schemes.values() -%}
        {% set outer = loop -%}
        {% for segment in scheme.segments -%}
            select
                '{{ scheme.code }}' as scheme_code,
                '{{ segment.code }}' as segment_code,
                {{ dbt.string_literal(dbt.escape_single_quotes(segment.name_en | string)) }} as name_en,
                {{ dbt.string_literal(dbt.escape_single_quotes(segment.name_zh | string)) }} as name_zh,
                {{ dbt.string_literal(dbt.escape_single_quotes(segment.when | trim)) }} as rule,
                {{ loop.index }} as position,
                {{ dbt.string_literal(dbt.escape_single_quotes(scheme.population)) }} as population,
                {{ dbt.string_literal(dbt.escape_single_quotes(scheme.name_en)) }} as scheme_name_en,
                {{ dbt.string_literal(dbt.escape_single_quotes(scheme.name_zh)) }} as scheme_name_zh
            {{ 'union all' if not (loop.last and outer.last) }}
        {% endfor %}
    {%- else -%}
        select
            cast(null as {{ dbt.type_string() }}) as scheme_code,
            cast(null as {{ dbt.type_string() }}) as segment_code,
            cast(null as {{ dbt.type_string() }}) as name_en,
            cast(null as {{ dbt.type_string() }}) as name_zh,
            cast(null as {{ dbt.type_string() }}) as rule,
            cast(null as integer) as position,
            cast(null as {{ dbt.type_string() }}) as population,
            cast(null as {{ dbt.type_string() }}) as scheme_name_en,
            cast(null as {{ dbt.type_string() }}) as scheme_name_zh
        where false
    {%- endfor %}
)

select *
from definitions
