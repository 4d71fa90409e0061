{#-
  A sum of doubles that is the same in whatever order threads add it up: in whole billionths. Off by half a billionth a row
  at most, and full at nine billion.
-#}
{% macro exact_sum(expression) -%}
    cast(sum(cast(round(1e9 * ({{ expression }})) as bigint)) as double) / 1e9
{%- endmacro %}
