{#- True on Saturday and Sunday. Engines count weekdays from different days. -#}
{% macro is_weekend(date_column) %}
    {{ return(by_engine("(isodow(" ~ date_column ~ ") >= 6)", spark="(weekday(" ~ date_column ~ ") >= 5)")) }}
{% endmacro %}
