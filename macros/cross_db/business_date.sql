{#- The calendar date of a UTC timestamp in the business time zone (var business_timezone). -#}
{% macro business_date(timestamp_column) -%}
    cast({{ business_time(timestamp_column) }} as date)
{%- endmacro %}

{% macro business_time(timestamp_column) %}{{ return(adapter.dispatch('business_time')(timestamp_column)) }}{% endmacro %}

{% macro default__business_time(timestamp_column) %}
    {{ return("timezone('" ~ var('business_timezone') ~ "', timezone('UTC', " ~ timestamp_column ~ "))") }}
{% endmacro %}

{% macro spark__business_time(timestamp_column) %}
    {{ return("from_utc_timestamp(" ~ timestamp_column ~ ", '" ~ var('business_timezone') ~ "')") }}
{% endmacro %}
