{#- In a select list: one row for each line of a text. -#}
{% macro lines_of(text) %}{{ return(adapter.dispatch('lines_of')(text)) }}{% endmacro %}

{% macro default__lines_of(text) %}{{ return("unnest(string_split(" ~ text ~ ", chr(10)))") }}{% endmacro %}

{% macro spark__lines_of(text) %}{{ return("explode(split(" ~ text ~ ", '\\n'))") }}{% endmacro %}
