{#-
  Rows of a segment model that contradict the definition at its top: a row that does not meet exactly one rule, a class
  the definition does not have, or a premise of the proof that is not true. Made from config.meta.segment_scheme, so that
  an edited definition tests itself.
-#}
{% test follows_its_definition(model) %}
{% set scheme = tagmart.segment_scheme(config.model.attached_node.split('.')[-1] if execute).definition %}
with customers as (
    select * from {{ model }}
)

select customer_id, as_of_date, 'meets ' || coalesce(cast(rule_hits as {{ dbt.type_string() }}), 'unknown') || ' rules' as fault
from customers
where rule_hits is distinct from 1
union all
select customer_id, as_of_date, 'is outside the population' as fault
from customers
where ({{ scheme.population }}) is not true
union all
select customer_id, as_of_date, 'has no class of the definition' as fault
from customers
where segment_code is null or segment_code not in ('{{ scheme.segments | map(attribute="code") | join("', '") }}')
{% for premise in scheme.assumes %}
    union all
    select customer_id, as_of_date, 'premise {{ loop.index }} is not true' as fault
    from customers
    where ({{ premise }}) is not true
{% endfor %}
{% endtest %}
