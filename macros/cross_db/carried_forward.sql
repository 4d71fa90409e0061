{#- The latest value that is not null, over a named window that ends at the current row. -#}
{% macro carried_forward(value, window) %}{{ return(adapter.dispatch('carried_forward')(value, window)) }}{% endmacro %}

{% macro default__carried_forward(value, window) %}
    {{ return("last_value(" ~ value ~ " ignore nulls) over " ~ window) }}
{% endmacro %}

{% macro spark__carried_forward(value, window) %}
    {{ return("last_value(" ~ value ~ ", true) over " ~ window) }}
{% endmacro %}

{#- The first value that is not null, over a named window that ends at the current row. -#}
{% macro first_known(value, window) %}{{ return(adapter.dispatch('first_known')(value, window)) }}{% endmacro %}

{% macro default__first_known(value, window) %}
    {{ return("first_value(" ~ value ~ " ignore nulls) over " ~ window) }}
{% endmacro %}

{% macro spark__first_known(value, window) %}
    {{ return("first_value(" ~ value ~ ", true) over " ~ window) }}
{% endmacro %}
