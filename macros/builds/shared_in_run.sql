{#-
  A dictionary that all nodes of one run of dbt share. It stands in dbt's graph, which lives as long as the process: what another run of
  the same process left there is thrown away.
-#}
{% macro shared_in_run(name) %}
    {% set place = 'shared by nodes: ' ~ name %}
    {% if graph.get(place, {}).get('run') != invocation_id %}{% do graph.update({place: {'run': invocation_id, 'kept': {}}}) %}{% endif %}
    {{ return(graph[place].kept) }}
{% endmacro %}

{#- An answer of Python that is asked for once in a run. It is kept as text, since macros change what they get. -#}
{% macro asked_once(function, arguments) %}
    {% if not execute %}{{ return(ask_python(function, arguments)) }}{% endif %}
    {% set answers, question = shared_in_run('answers'), ([by_engine('DuckDB', spark='Spark'), function] + arguments) | join('\n') %}
    {% if question not in answers %}{% do answers.update({question: tojson(ask_python(function, arguments))}) %}{% endif %}
    {{ return(fromjson(answers[question])) }}
{% endmacro %}
