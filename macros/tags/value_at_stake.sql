{#-
  What a customer (a row of customer_tags) would spend in a year: their own average order at their own rhythm, but no more orders than they placed
  so far; whoever never bought is worth an order like everybody's.
-#}
{% macro value_at_stake(customers, everybodys_order) -%}
    coalesce({{ customers }}.average_order_amount, {{ everybodys_order }}, 0)
    * greatest(1, least({{ customers }}.orders_count, floor(365 / greatest({{ customers }}.median_days_between_orders, 1))))
{%- endmacro %}
