{#-
  Whether a text is one of some words. DuckDB makes a join of `in` with more than a few constants, for every row, even in
  a branch of a case that hardly any row reaches; a list is only looked through where the branch is taken.
-#}
{% macro is_one_of(value, words) %}{{ return(adapter.dispatch('is_one_of')(value, words)) }}{% endmacro %}

{% macro default__is_one_of(value, words) %}
    {{ return("list_contains(['" ~ (words | map('replace', "'", "''") | join("', '")) ~ "'], " ~ value ~ ")") }}
{% endmacro %}

{% macro spark__is_one_of(value, words) %}
    {{ return(value ~ " in ('" ~ (words | map('replace', "'", "\\'") | join("', '")) ~ "')") }}
{% endmacro %}
