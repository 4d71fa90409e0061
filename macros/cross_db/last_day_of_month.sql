{#- The last day of the month that lies `months` (an SQL integer, may be negative) after a date's month. -#}
{% macro last_day_of_month(date_column, months) %}
    {{ return(by_engine(
        "last_day(cast(date_trunc('month', " ~ date_column ~ ") + (" ~ months ~ ") * interval 1 month as date))",
        spark="last_day(add_months(" ~ date_column ~ ", " ~ months ~ "))"
    )) }}
{% endmacro %}
