{#- In a select list: one row for each line of a text. -#}
{% macro lines_of(text) %}
    {{ return(by_engine("unnest(string_split(" ~ text ~ ", chr(10)))", spark="explode(split(" ~ text ~ ", '\\n'))")) }}
{% endmacro %}
