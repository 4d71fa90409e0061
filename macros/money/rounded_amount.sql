{#-
  A double as an amount of four decimals. Engines round a half of a double up or down by its last bits, which they compute otherwise; with eight
  decimals first the bits are gone, and a half of a decimal is rounded away from zero everywhere.
-#}
{% macro rounded_amount(value) -%}
    cast(cast({{ value }} as decimal(38, 8)) as decimal(18, 4))
{%- endmacro %}
