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

{#-
  The documented columns of a model that explain a change of class: those that the rules of its scheme read, and those
  that the definition lists under `reasons`, from which the former come. In the order of the documentation.
-#}
{% macro segment_reason_columns(model_name, scheme) %}
    {% set found, documented = [], [] %}
    {% set rules = scheme.segments | map(attribute='when') | join(' ') %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.name == model_name %}
        {% for column in node.columns %}
            {% do documented.append(column) %}
            {% if column in scheme.get('reasons', []) or modules.re.search('\\b' ~ column ~ '\\b', rules) %}{% do found.append(column) %}{% endif %}
        {% endfor %}
    {% endfor %}
    {% for reason in scheme.get('reasons', []) if reason not in documented %}
        {{ exceptions.raise_compiler_error("The reason " ~ reason ~ " of " ~ model_name ~ " is no described column of it: describe it in " ~ model_name ~ ".yml.") }}
    {% endfor %}
    {{ return(found) }}
{% endmacro %}
