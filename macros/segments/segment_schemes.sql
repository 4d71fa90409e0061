{#- The models that hold a scheme. A test compares this list with the files, since dbt must know refs before it reads them. -#}
{% macro segment_models() %}
    {{ return([
        'segment_rfm', 'segment_aipl', 'segment_lifecycle', 'segment_journey', 'segment_customer_stage', 'segment_value_level',
        'segment_pareto', 'segment_core_pool', 'segment_crowd', 'segment_crowd_scene', 'segment_identity', 'segment_price_attitude',
        'segment_activity',
    ]) }}
{% endmacro %}

{#- {model name: definition} of every scheme, from the manifest; only while a model or test runs. sqlfluff sees one (var lint). -#}
{% macro segment_schemes_of_graph() %}
    {% set schemes = {} %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.config.meta.segment_scheme and not (schemes and var('lint', false)) %}
        {% do schemes.update({node.name: node.config.meta.segment_scheme}) %}
    {% endfor %}
    {{ return(schemes) }}
{% endmacro %}

{#- Which of a model's documented columns the rules of its scheme read, in the order of the documentation. -#}
{% macro segment_rule_columns(model_name, scheme) %}
    {% set found = [] %}
    {% set rules = scheme.segments | map(attribute='when') | join(' ') %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.name == model_name %}
        {% for column in node.columns if modules.re.search('\\b' ~ column ~ '\\b', rules) %}{% do found.append(column) %}{% endfor %}
    {% endfor %}
    {{ return(found) }}
{% endmacro %}
