{#- {tag code: [models outside tags/ that read it]}, from the code of the models that depend on customer_tags. -#}
{% macro tag_uses() %}
    {% set uses = {} %}
    {% if execute %}
        {% set mart = 'model.' ~ project_name ~ '.customer_tags' %}
        {% set readers = [] %}
        {% for node in graph.nodes.values() if mart in node.depends_on.nodes and node.resource_type == 'model' and node.fqn[1] != 'tags' %}
            {% do readers.append(node) %}
        {% endfor %}
        {% for tag in tag_columns() %}
            {% set found = [] %}
            {% for node in readers if modules.re.search('\\b' ~ tag.code ~ '\\b', node.raw_code) %}{% do found.append(node.name) %}{% endfor %}
            {#- A window chosen by a var is written as a template: orders_count_{{ var('rfm_window_days') }}d. -#}
            {% for node in readers if node.name not in found %}
                {% set window = modules.re.match('^(.*)_([0-9]+)d$', tag.code) %}
                {% if window and modules.re.search('\\b' ~ window.group(1) ~ '_\\{\\{ var\\(.rfm_window_days.\\) \\}\\}d', node.raw_code) and window.group(2) | int == var('rfm_window_days') %}
                    {% do found.append(node.name) %}
                {% endif %}
            {% endfor %}
            {% do uses.update({tag.code: found | sort}) %}
        {% endfor %}
    {% endif %}
    {{ return(uses) }}
{% endmacro %}
