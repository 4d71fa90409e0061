{#- A text as SQL writes it; white space around it is dropped. -#}
{% macro text_literal(text) %}{{ return("'" ~ (text | string).strip().replace("'", "''") ~ "'") }}{% endmacro %}
