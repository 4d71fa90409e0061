{#- A text as SQL writes it; white space around it is dropped. -#}
{% macro text_literal(text) %}{{ return(exact_literal((text | string).strip())) }}{% endmacro %}

{#- The same as it stands. Spark reads a backslash in a literal as the beginning of an escape. -#}
{% macro exact_literal(text) %}
    {{ return("'" ~ by_engine(text.replace("'", "''"), spark=text.replace('\\', '\\\\').replace("'", "\\'")) ~ "'") }}
{% endmacro %}
