{#-
  Condition: the date is not after the newest as-of date. Within coalesce, since DuckDB takes a bare comparison with a
  subquery for one that few rows pass, and then keeps all touches in memory rather than the identifiers to look up.
-#}
{% macro is_until_newest(date_column) -%}
    coalesce({{ date_column }} <= (select max(as_of_date) from {{ ref('int_as_of_dates') }}), false)
{%- endmacro %}
