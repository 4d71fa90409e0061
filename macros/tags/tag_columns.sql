{#-
  The tags of customer_tags as its columns' metadata states them: [{code, type, description, group, kind,
  life_stage, owner, used_by, name_zh, name_en, confidence}]. Empty while dbt parses: the manifest is not there yet.
  sqlfluff sets var lint: two tags show it the style of a loop as well as eighty.
-#}
{% macro tag_columns() %}
    {% set tags = [] %}
    {% if execute %}
        {% for column in graph.nodes['model.tagmart.customer_tags'].columns.values() %}
            {% set tag = column.config.get('meta', {}).get('tag') %}
            {% if tag %}{% do tags.append(dict(tag, type=column.data_type, description=column.description)) %}{% endif %}
        {% endfor %}
    {% endif %}
    {{ return(tags[:2] if var('lint', false) else tags) }}
{% endmacro %}

{#- Has the customer the tag? Text and dates when known, booleans when true, numbers above zero. -#}
{% macro has_tag(tag) %}
    {% if tag.type in ['varchar', 'date'] %}{{ return(tag.code ~ ' is not null') }}{% endif %}
    {% if tag.type == 'boolean' %}{{ return('coalesce(' ~ tag.code ~ ', false)') }}{% endif %}
    {{ return('coalesce(' ~ tag.code ~ ' > 0, false)') }}
{% endmacro %}
