{#-
  Regular expressions, as RE2 (DuckDB) reads them. Java (Spark) has other functions and another way to name a group in a
  replacement, and reads some patterns otherwise: see spark_pattern.
-#}

{#- Dispatched and not by_engine, which would have both spellings of each of the thousands of patterns in a build made. -#}
{% macro pattern_text(pattern) %}{{ return(adapter.dispatch('pattern_text', 'tagmart')(pattern)) }}{% endmacro %}

{% macro default__pattern_text(pattern) %}{{ return("'" ~ pattern.replace("'", "''") ~ "'") }}{% endmacro %}

{% macro spark__pattern_text(pattern) %}{{ return("r'" ~ spark_pattern(pattern).replace("'", "\\x27") ~ "'") }}{% endmacro %}

{#- In Java `$` is also before a last line end, unless it is \z; `.` is no line end of any kind, unless (?d); (?i) knows ASCII, unless (?iu). -#}
{% macro spark_pattern(pattern) %}
    {% set parts = [] %}
    {% for part in modules.re.split('(\\\\.|\\[(?:\\\\.|[^\\]])*\\])', pattern) %}
        {% do parts.append(part if loop.index0 % 2 else part.replace('$', '\\z').replace('(?i)', '(?iu)')) %}
    {% endfor %}
    {{ return('(?d)' ~ (parts | join('')).replace('\\p{Han}', '\\p{IsHan}')) }}
{% endmacro %}

{% macro matches(value, pattern) %}{{ return(adapter.dispatch('matches', 'tagmart')(value, pattern)) }}{% endmacro %}

{% macro default__matches(value, pattern) %}{{ return("regexp_full_match(" ~ value ~ ", " ~ pattern_text(pattern) ~ ")") }}{% endmacro %}

{% macro spark__matches(value, pattern) %}{{ return(value ~ " rlike " ~ pattern_text('^(?:' ~ pattern ~ ')$')) }}{% endmacro %}

{#- Every match replaced; `\1` in the replacement is the first group. -#}
{% macro replaced(value, pattern, replacement) %}
    {% set behind = by_engine(replacement ~ "', 'g')", spark=replacement.replace('\\', '$') ~ "')") %}
    {{ return("regexp_replace(" ~ value ~ ", " ~ pattern_text(pattern) ~ ", '" ~ behind) }}
{% endmacro %}

{#- The first group of the first match, '' without one. -#}
{% macro extracted(value, pattern) %}{{ return("regexp_extract(" ~ value ~ ", " ~ pattern_text(pattern) ~ ", 1)") }}{% endmacro %}
