{#- The calendar date, and the time, of a UTC timestamp in the business time zone (var business_timezone). -#}
{% macro business_date(timestamp_column) %}cast({{ business_time(timestamp_column) }} as date){% endmacro %}

{% macro business_time(timestamp_column) %}
    {{ return(by_engine(
        "timezone('" ~ var('business_timezone') ~ "', timezone('UTC', " ~ timestamp_column ~ "))",
        spark="convert_timezone('UTC', '" ~ var('business_timezone') ~ "', " ~ timestamp_column ~ ")"
    )) }}
{% endmacro %}
