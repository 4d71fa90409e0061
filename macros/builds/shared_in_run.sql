{#-
  A dictionary that all nodes of one run of dbt share. It stands in dbt's graph, which lives as long as the process: what another run of
  the same process left there is thrown away.
-#}
{% macro shared_in_run(name) %}
    {% set place = 'shared by nodes: ' ~ name %}
    {% if graph.get(place, {}).get('run') != invocation_id %}{% do graph.update({place: {'run': invocation_id, 'kept': {}}}) %}{% endif %}
    {{ return(graph[place].kept) }}
{% endmacro %}
