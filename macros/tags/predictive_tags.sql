{#- The columns of customer_tags that are predictions, by their metadata; empty while dbt parses. -#}
{% macro predictive_tags() %}
    {{ return(tag_columns() | selectattr('life_stage', 'equalto', 'predictive') | map(attribute='code') | list) }}
{% endmacro %}
