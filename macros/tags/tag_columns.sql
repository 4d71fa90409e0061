{#-
  The tags of customer_tags as its columns' metadata states them: [{code, type, description, group, kind,
  life_stage, owner, used_by, name_zh, name_en}]. Empty while dbt parses: the manifest is not there yet.
  sqlfluff sets var lint: two tags show it the style of a loop as well as eighty.
-#}
{% macro tag_columns() %}
    {% set tags = [] %}
    {% if execute %}
        {% for column in graph.nodes['model.' ~ project_name ~ '.customer_tags'].columns.values() %}
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

{#- What says how sure a tag is: the share of a preference, the probability of a prediction, 1 for what is simply known. -#}
{% macro tag_confidence(tag) %}
    {% set sure = {'favourite_category': 'favourite_category_share', 'favourite_style': 'favourite_style_share', 'favourite_colour': 'favourite_colour_share', 'favourite_size': 'favourite_size_share',
        'preferred_channel': 'preferred_channel_share', 'preferred_hour_band': 'preferred_hour_band_share', 'habitual_sku_id': 'habitual_sku_share',
        'p_alive': 'p_alive', 'churn_probability_30d': 'churn_probability_30d', 'churn_probability_90d': 'churn_probability_90d', 'expected_orders_90d': 'p_alive',
        'clv_365d': 'p_alive', 'price_sensitivity': 'price_sensitivity', 'next_product_sku_id': 'next_product_share', 'next_product_share': 'next_product_share'} %}
    {{ return('cast(' ~ sure.get(tag.code, '1') ~ ' as double)') }}
{% endmacro %}

{% macro text_literal(text) %}{{ return("'" ~ (text | string).strip().replace("'", "''") ~ "'") }}{% endmacro %}

{#- All values of a tag as one number; it stands still when nobody's value changes. -#}
{% macro values_hash(tag) %}
    {{ return(hash_sum(['customer_id', tag.code]) ~ " filter (where " ~ has_tag(tag) ~ ")") }}
{% endmacro %}
