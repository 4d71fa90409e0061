{#- Several values as one that compares left to right, for max_by and min_by with ties made unique. -#}
{% macro in_order(values) %}{{ return(by_engine('row(', spark='struct(') ~ (values | join(', ')) ~ ')') }}{% endmacro %}
