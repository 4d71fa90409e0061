{#-
  on-run-start: settings that not every engine version knows, and so cannot stand in profiles.yml.
  In duckdb 2.0.0 TRY_CAST over read_csv raises instead of giving NULL unless the type_pushdown optimizer
  is off (duckdb issue 23818); duckdb 1.x, which Python 3.10 gets, has neither the bug nor the optimizer.
-#}
{% macro engine_settings() %}
    {% if execute %}{{ return(adapter.dispatch('engine_settings', 'tagmart')()) }}{% endif %}
{% endmacro %}

{% macro default__engine_settings() %}{{ return('') }}{% endmacro %}

{% macro duckdb__engine_settings() %}
    {% set version = run_query("select version()").columns[0].values()[0] %}
    {% if version.lstrip('v').split('.')[0] | int >= 2 %}
        {% do run_query("set global disabled_optimizers = 'type_pushdown'") %}
    {% endif %}
    {{ return('') }}
{% endmacro %}
