{#-
  Whether a text is one of some words. As a regular expression, since DuckDB makes a join of `in` and of a search in a list of
  constants: for every row, and by guessed sizes, even in a branch of a case that hardly any row reaches.
-#}
{% macro is_one_of(value, words) %}{{ return(matches(value, any_of(words))) }}{% endmacro %}

{#- The regular expression of some words. -#}
{% macro any_of(words) %}
    {% set escaped = [] %}
    {% for word in words %}{% do escaped.append(modules.re.escape(word)) %}{% endfor %}
    {{ return('(?:' ~ (escaped | join('|')) ~ ')') }}
{% endmacro %}
