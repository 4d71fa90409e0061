{#-
  Whether a double is a number, and neither NaN nor infinite. Not isnan(): Parquet statistics leave NaN out, and
  DuckDB 2.0 concludes from them that isnan() of the column is false, without looking.
-#}
{% macro is_finite(value) %}{{ return(adapter.dispatch('is_finite')(value)) }}{% endmacro %}

{% macro default__is_finite(value) %}{{ return("isfinite(" ~ value ~ ")") }}{% endmacro %}

{% macro spark__is_finite(value) %}{{ return("(not isnan(" ~ value ~ ") and abs(" ~ value ~ ") < double('infinity'))") }}{% endmacro %}
