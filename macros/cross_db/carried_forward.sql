{#- The latest value that is not null, over a named window that ends at the current row; first_known: the first one. -#}
{% macro carried_forward(value, window) %}
    {{ return(by_engine("last_value(" ~ value ~ " ignore nulls) over " ~ window, spark="last_value(" ~ value ~ ", true) over " ~ window)) }}
{% endmacro %}

{% macro first_known(value, window) %}
    {{ return(by_engine("first_value(" ~ value ~ " ignore nulls) over " ~ window, spark="first_value(" ~ value ~ ", true) over " ~ window)) }}
{% endmacro %}
