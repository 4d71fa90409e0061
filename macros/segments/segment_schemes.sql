{#-
  The models that hold a scheme. A test compares this list with the files, since dbt must know refs before it reads them.
  Var own_schemes adds those of the project that installs Tagmart.
-#}
{% macro segment_models() %}
    {% if var('own_schemes') is string or var('own_schemes') is not sequence %}
        {{ refuse_var('own_schemes', "give a list of models, such as [segment_mine].") }}
    {% endif %}
    {{ return([
        'segment_rfm', 'segment_aipl', 'segment_lifecycle', 'segment_journey', 'segment_customer_stage', 'segment_value_level',
        'segment_pareto', 'segment_core_pool', 'segment_crowd', 'segment_crowd_scene', 'segment_community_role', 'segment_price_attitude',
        'segment_activity',
    ] + var('own_schemes')) }}
{% endmacro %}

{#- What the model of a scheme has made; one of var own_schemes is of the project that is built. -#}
{% macro rows_of_scheme(model_name) %}
    {{ return(ref(project_name, model_name) if model_name in var('own_schemes') else ref(model_name)) }}
{% endmacro %}

{#- {model, definition, columns: its described ones} of a scheme, from the manifest; only the model's name while dbt parses. -#}
{% macro segment_scheme(model_name) %}
    {% set scheme = {'model': model_name, 'definition': {}, 'columns': []} %}
    {% if execute %}
        {% for node in graph.nodes.values() if node.resource_type == 'model' and node.name == model_name %}
            {% do scheme.update({'definition': node.config.meta.get('segment_scheme', {}), 'columns': node.columns | list}) %}
        {% endfor %}
        {% if not scheme.definition %}
            {{ exceptions.raise_compiler_error(
                "The model " ~ model_name ~ " has no segment_scheme in config.meta: write its definition at the top, as segment_rfm does."
            ) }}
        {% endif %}
    {% endif %}
    {{ return(scheme) }}
{% endmacro %}

{#- All of them, in the order of the list. sqlfluff sees one (var lint). -#}
{% macro segment_schemes() %}
    {% set schemes = [] %}
    {% for model_name in segment_models() if not (schemes and var('lint', false)) %}
        {% do schemes.append(segment_scheme(model_name)) %}
    {% endfor %}
    {{ return(schemes) }}
{% endmacro %}
