{#- Rows for which the expression is not true; unknown counts as a failure. -#}
{% test expression_is_true(model, expression, column_name=none) %}
select *
from {{ model }}
where ({{ expression }}) is not true
{% endtest %}
