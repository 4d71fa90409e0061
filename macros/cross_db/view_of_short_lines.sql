{#- A view without the indents of its lines: the catalogue that comes with Spark (Derby) keeps 32,700 characters of one. -#}
{% macro spark__create_view_as(relation, sql) %}
    {{ return(dbt.spark__create_view_as(relation, modules.re.sub('\n\\s*', '\n', sql))) }}
{% endmacro %}
