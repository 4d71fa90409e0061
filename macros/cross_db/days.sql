{#-
  dbt's datediff and dateadd for Spark, where dbt-spark's give an integer for a bigint, and null for a number of days that is no
  literal. Days are the only part of a date that is asked for.
-#}
{% macro spark__datediff(first_date, second_date, datepart) %}
    {{ only_days('datediff', datepart) }}{{ return('cast(datediff(' ~ second_date ~ ', ' ~ first_date ~ ') as bigint)') }}
{% endmacro %}

{% macro spark__dateadd(datepart, interval, from_date_or_timestamp) %}
    {{ only_days('dateadd', datepart) }}{{ return('date_add(' ~ from_date_or_timestamp ~ ', cast(' ~ interval ~ ' as int))') }}
{% endmacro %}

{% macro only_days(macro, datepart) %}
    {% if datepart != 'day' %}{{ exceptions.raise_compiler_error(macro ~ " in '" ~ datepart ~ "' has no spelling for Spark: add it.") }}{% endif %}
{% endmacro %}
