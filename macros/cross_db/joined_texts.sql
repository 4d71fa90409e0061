{#- The texts of a group as one, in order, with a comma between. Spark ignores an order inside an aggregate. -#}
{% macro joined_texts(value) %}
    {{ return(by_engine("string_agg(" ~ value ~ ", ', ' order by " ~ value ~ ")", spark="array_join(array_sort(collect_list(" ~ value ~ ")), ', ')")) }}
{% endmacro %}
