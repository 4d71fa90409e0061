{#- How many rules of its scheme a row meets; anything but 1 is a hole or an overlap in the definition. -#}
{% macro segment_rule_hits(scheme) -%}
    {%- for segment in scheme.segments %}
    case when {{ segment.when }} then 1 else 0 end{{ ' +' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
