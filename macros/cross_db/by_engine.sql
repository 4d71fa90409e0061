{#- One meaning in two spellings: DuckDB's, which is the default, and Spark's. A macro here says each difference once. -#}
{% macro by_engine(default, spark) %}{{ return(adapter.dispatch('by_engine', 'tagmart')(default, spark)) }}{% endmacro %}

{% macro default__by_engine(default, spark) %}{{ return(default) }}{% endmacro %}

{% macro spark__by_engine(default, spark) %}{{ return(spark) }}{% endmacro %}
