{#- The texts of a group as one, in order, with a comma between. Spark ignores an order inside an aggregate. -#}
{% macro joined_texts(value) %}{{ return(adapter.dispatch('joined_texts')(value)) }}{% endmacro %}

{% macro default__joined_texts(value) %}{{ return("string_agg(" ~ value ~ ", ', ' order by " ~ value ~ ")") }}{% endmacro %}

{% macro spark__joined_texts(value) %}{{ return("array_join(array_sort(collect_list(" ~ value ~ ")), ', ')") }}{% endmacro %}
