{#- Of a group the identifier with the largest weight, the last in the alphabet on a tie: a number and a text as one text. -#}
{% macro strongest_reason(identifier, weight) -%}
    max_by(
        {{ identifier }},
        concat(lpad(cast(cast(round(1e6 * {{ weight }}) as bigint) as {{ dbt.type_string() }}), 20, '0'), {{ identifier }})
    )
{%- endmacro %}
