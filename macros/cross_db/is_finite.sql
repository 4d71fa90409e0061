{#-
  Whether a double is a number, and neither NaN nor infinite. Not isnan(): Parquet statistics leave NaN out, and
  DuckDB 2.0 concludes from them that isnan() of the column is false, without looking.
-#}
{% macro is_finite(value) %}
    {{ return(by_engine("isfinite(" ~ value ~ ")", spark="(not isnan(" ~ value ~ ") and abs(" ~ value ~ ") < double('infinity'))")) }}
{% endmacro %}
