{#- The Monday of a date's week. -#}
{% macro week_of(date) %}cast({{ dbt.date_trunc('week', date) }} as date){% endmacro %}
