{#- The class of a row by its scheme. Rules are disjoint by themselves; the order of the list decides nothing. -#}
{% macro segment_case(scheme) -%}
    case
        {%- for segment in scheme.segments %}
        when {{ segment.when }} then '{{ segment.code }}'
        {%- endfor %}
    end
{%- endmacro %}
