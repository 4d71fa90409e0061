{#-
  Regular expressions. RE2 (DuckDB) and Java (Spark) read the patterns used here alike; the functions, the way a
  group is named in a replacement and the doubling of backslashes in a literal differ.
-#}
{% macro matches(value, pattern) %}{{ return(adapter.dispatch('matches')(value, pattern)) }}{% endmacro %}

{% macro default__matches(value, pattern) %}{{ return("regexp_full_match(" ~ value ~ ", '" ~ pattern.replace("'", "''") ~ "')") }}{% endmacro %}

{% macro spark__matches(value, pattern) %}{{ return(value ~ " rlike r'^(?:" ~ pattern.replace("'", "\\x27") ~ ")$'") }}{% endmacro %}

{#- Every match replaced; `\1` in the replacement is the first group. -#}
{% macro replaced(value, pattern, replacement) %}{{ return(adapter.dispatch('replaced')(value, pattern, replacement)) }}{% endmacro %}

{% macro default__replaced(value, pattern, replacement) %}
    {{ return("regexp_replace(" ~ value ~ ", '" ~ pattern.replace("'", "''") ~ "', '" ~ replacement ~ "', 'g')") }}
{% endmacro %}

{% macro spark__replaced(value, pattern, replacement) %}
    {{ return("regexp_replace(" ~ value ~ ", r'" ~ pattern.replace("'", "\\x27") ~ "', '" ~ replacement.replace('\\', '$') ~ "')") }}
{% endmacro %}

{#- The first group of the first match, '' without one. -#}
{% macro extracted(value, pattern) %}{{ return(adapter.dispatch('extracted')(value, pattern)) }}{% endmacro %}

{% macro default__extracted(value, pattern) %}{{ return("regexp_extract(" ~ value ~ ", '" ~ pattern.replace("'", "''") ~ "', 1)") }}{% endmacro %}

{% macro spark__extracted(value, pattern) %}{{ return("regexp_extract(" ~ value ~ ", r'" ~ pattern.replace("'", "\\x27") ~ "', 1)") }}{% endmacro %}
