{#-
  Regular expressions. RE2 (DuckDB) and Java (Spark) read the patterns used here alike; the functions, the way a
  group is named in a replacement and the doubling of backslashes in a literal differ.
-#}
{% macro pattern_text(pattern) %}
    {{ return(by_engine("'" ~ pattern.replace("'", "''") ~ "'", spark="r'" ~ pattern.replace("'", "\\x27") ~ "'")) }}
{% endmacro %}

{% macro matches(value, pattern) %}
    {{ return(by_engine("regexp_full_match(" ~ value ~ ", " ~ pattern_text(pattern) ~ ")", spark=value ~ " rlike " ~ pattern_text('^(?:' ~ pattern ~ ')$'))) }}
{% endmacro %}

{#- Every match replaced; `\1` in the replacement is the first group. -#}
{% macro replaced(value, pattern, replacement) %}
    {% set behind = by_engine(replacement ~ "', 'g')", spark=replacement.replace('\\', '$') ~ "')") %}
    {{ return("regexp_replace(" ~ value ~ ", " ~ pattern_text(pattern) ~ ", '" ~ behind) }}
{% endmacro %}

{#- The first group of the first match, '' without one. -#}
{% macro extracted(value, pattern) %}{{ return("regexp_extract(" ~ value ~ ", " ~ pattern_text(pattern) ~ ", 1)") }}{% endmacro %}
