{#- The columns that differ between the rows `was` and `became`, as `column: 1 -> 2; ...`; empty when none does. -#}
{% macro changed_values(columns) %}
    {% set changes = [] %}
    {% for column in columns %}
        {% set texts = [] %}
        {% for row in ['was', 'became'] %}
            {% do texts.append("coalesce(cast(" ~ row ~ "." ~ column ~ " as " ~ dbt.type_string() ~ "), 'none')") %}
        {% endfor %}
        {% do changes.append("case when became." ~ column ~ " is distinct from was." ~ column ~ " then '" ~ column ~ ": ' || " ~ (texts | join(" || ' -> ' || ")) ~ " end") %}
    {% endfor %}
    {{ return("concat_ws('; ', " ~ (changes | join(', ') if changes else "''") ~ ")") }}
{% endmacro %}
