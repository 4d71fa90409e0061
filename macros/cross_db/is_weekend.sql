{#- True on Saturday and Sunday. Engines count weekdays from different days. -#}
{% macro is_weekend(date_column) %}{{ return(adapter.dispatch('is_weekend')(date_column)) }}{% endmacro %}

{% macro default__is_weekend(date_column) %}{{ return("(isodow(" ~ date_column ~ ") >= 6)") }}{% endmacro %}

{% macro spark__is_weekend(date_column) %}{{ return("(weekday(" ~ date_column ~ ") >= 5)") }}{% endmacro %}
