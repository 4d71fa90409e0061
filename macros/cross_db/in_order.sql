{#- Several values as one that compares left to right, for max_by and min_by with ties made unique. -#}
{% macro in_order(values) %}{{ return(adapter.dispatch('in_order')(values)) }}{% endmacro %}

{% macro default__in_order(values) %}{{ return('row(' ~ (values | join(', ')) ~ ')') }}{% endmacro %}

{% macro spark__in_order(values) %}{{ return('struct(' ~ (values | join(', ')) ~ ')') }}{% endmacro %}
