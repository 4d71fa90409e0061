{#-
  Every combination of one class of each component, as the classes of one scheme. For sqlfluff (var lint) two are enough.
-#}
{% macro crowd_product(components) %}
    {% set product = namespace(crowds=[{}]) %}
    {% for component in components %}
        {% set longer = [] %}
        {% for crowd in product.crowds %}
            {% for part in component.segments %}
                {% do longer.append({
                    'code': part.code if not crowd else crowd.code ~ '__' ~ part.code,
                    'name_en': part.name_en | capitalize if not crowd else crowd.name_en ~ ', ' ~ part.name_en,
                    'name_zh': part.name_zh if not crowd else crowd.name_zh ~ '·' ~ part.name_zh,
                    'when': '(' ~ part.when ~ ')' if not crowd else crowd.when ~ ' and (' ~ part.when ~ ')',
                }) %}
            {% endfor %}
        {% endfor %}
        {% set product.crowds = longer %}
    {% endfor %}
    {{ return(product.crowds[:2] if var('lint', false) else product.crowds) }}
{% endmacro %}

{#-
  The class of a row, and how many rules it meets, component by component: a rule of the product is one rule of each, so
  the hits multiply. The same as segment_case and segment_rule_hits of the product, without a branch for each of its rules.
-#}
{% macro crowd_case(components) -%}
    {% for component in components -%}
        {{ segment_case(component) }}{{ " || '__' || " if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{% macro crowd_rule_hits(components) -%}
    {% for component in components -%}
        ({{ segment_rule_hits(component) }}){{ ' * ' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
