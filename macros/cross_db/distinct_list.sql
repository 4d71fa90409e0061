{#- The distinct values of a group in order, as one text with commas between; null where there are none. -#}
{% macro distinct_list(value) %}
    {{ return(by_engine(
        "array_to_string(array_sort(array_agg(distinct " ~ value ~ ") filter (where " ~ value ~ " is not null)), ',')",
        spark="nullif(array_join(array_sort(collect_set(" ~ value ~ ")), ','), '')"
    )) }}
{% endmacro %}
