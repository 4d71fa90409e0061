{#- The key of a raw row as one text, parts joined by a bar, unknown parts as '?'. -#}
{% macro row_key(rules) %}
    {% set parts = [] %}
    {% for column in rules.key %}{% do parts.append("coalesce(cast(" ~ column ~ " as " ~ dbt.type_string() ~ "), '?')") %}{% endfor %}
    {{ return(parts | join(" || '|' || ")) }}
{% endmacro %}
