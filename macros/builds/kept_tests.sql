{#- `dbt build` asks a data test again that has passed only when it would read something else; `dbt test` always asks. -#}
{% macro duckdb__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) %}
    {% set test = default__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) %}
    {% if flags.WHICH != 'build' or not var('keep_unchanged') %}{{ return(test) }}{% endif %}
    {% set known = known_builds() %}
    {% set made_from = built_from(test, known) %}
    {% if made_from and known.get(model.unique_id) == made_from and not flags.FULL_REFRESH %}
        {{ return('select 0 as failures, false as should_warn, false as should_error') }}
    {% endif %}
    {#- Until the build ends it stands in no table: what is killed before is asked again. -#}
    {% do shared_in_run('asked').update({model.unique_id: made_from}) %}
    {{ return(test) }}
{% endmacro %}

{#- on-run-end: what was asked and has passed is known from now on, what has failed is not. -#}
{% macro remember_tests(results) %}
    {% if not execute or by_engine(false, spark=true) %}{{ return('') }}{% endif %}
    {% set asked, forgotten, lines = shared_in_run('asked'), [], [] %}
    {% for result in results if result.node.resource_type | string == 'test' %}
        {% set id, passed = result.node.unique_id, result.status | string == 'pass' %}
        {% do forgotten.append(id) if id in asked or not passed %}
        {% do lines.append("('" ~ id ~ "', '" ~ asked[id] ~ "')") if passed and asked.get(id) %}
    {% endfor %}
    {% if forgotten %}{{ committed("delete from builds.built_from where node in ('" ~ (forgotten | join("', '")) ~ "')") }}{% endif %}
    {% if lines %}{{ committed('insert into builds.built_from values ' ~ (lines | join(', '))) }}{% endif %}
    {{ return('') }}
{% endmacro %}
