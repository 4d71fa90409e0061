{#- The distinct values of a group in order, as one text with commas between; null where there are none. -#}
{% macro distinct_list(value) %}{{ return(adapter.dispatch('distinct_list')(value)) }}{% endmacro %}

{% macro default__distinct_list(value) %}{{ return("array_to_string(array_sort(array_agg(distinct " ~ value ~ ") filter (where " ~ value ~ " is not null)), ',')") }}{% endmacro %}

{% macro spark__distinct_list(value) %}{{ return("nullif(array_join(array_sort(collect_set(" ~ value ~ ")), ','), '')") }}{% endmacro %}
