{#- `dbt build` asks a data test again that has passed only when it would read something else; `dbt test` always asks. -#}
{% macro duckdb__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) %}
    {% set test = default__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) %}
    {% if flags.WHICH != 'build' or not var('keep_unchanged') %}{{ return(test) }}{% endif %}
    {% set known = known_builds() %}
    {% set made_from = built_from(test, known) %}
    {% if made_from and known.get(model.unique_id) == made_from and not flags.FULL_REFRESH %}
        {{ return('select 0 as failures, false as should_warn, false as should_error') }}
    {% endif %}
    {% do remember_build('asked ' ~ model.unique_id, made_from) %}
    {{ return(test) }}
{% endmacro %}

{#- on-run-end: what was asked and has passed is known from now on, what has failed is not. -#}
{% macro remember_tests(results) %}
    {% set passed, others = [], [] %}
    {% for result in results if result.node.resource_type | string == 'test' %}
        {% do (passed if result.status | string == 'pass' else others).append(result.node.unique_id) %}
    {% endfor %}
    {% if not execute or not (passed or others) or by_engine(false, spark=true) %}{{ return('') }}{% endif %}
    {% set asked = "node in ('asked " ~ ((passed + others) | join("', 'asked ")) ~ "')" %}
    {% set fresh = "(select substr(node, 7) from builds.built_from where " ~ asked ~ ")" %}
    {% do run_query("delete from builds.built_from where node in " ~ fresh ~ " or node in ('" ~ (others | join("', '")) ~ "')") %}
    {% do run_query("update builds.built_from set node = substr(node, 7) where node in ('asked " ~ (passed | join("', 'asked ")) ~ "')") %}
    {% do run_query("delete from builds.built_from where " ~ asked) %}
    {{ return('') }}
{% endmacro %}
