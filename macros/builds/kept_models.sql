{#- dbt's own materialization, which is only called when a model would not be made from the same again. -#}
{% materialization incremental, adapter='duckdb', supported_languages=['sql'] %}
    {{ return(built_or_kept(dbt.materialization_incremental_duckdb)) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {{ return(built_or_kept(dbt.materialization_view_default if adapter.is_ducklake(this) else made_at_once)) }}
{% endmaterialization %}

{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
    {% if model.language == 'sql' %}
        {{ return(built_or_kept(dbt.materialization_table_duckdb if adapter.is_ducklake(this) else made_at_once)) }}
    {% endif %}
    {#- dbt runs the Python of a model for nobody but the materialization itself, so its own one cannot be called. -#}
    {% set made_from, kept = made_from_or_kept() %}
    {% if kept %}{{ return(kept) }}{% endif %}
    {% set target_relation = this.incorporate(type='table') %}
    {% set new, old = make_intermediate_relation(target_relation), load_cached_relation(this) %}
    {% do drop_relation_if_exists(load_cached_relation(new)) %}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% call statement('main', language='python') %}{{ create_table_as(False, new, compiled_code, 'python') }}{% endcall %}
    {% do drop_relation_if_exists(old) %}
    {% do adapter.rename_relation(new, target_relation) %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do describe(target_relation) %}
    {{ adapter.commit() }}
    {% do remember_build(model.unique_id, made_from) %}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro built_or_kept(build) %}
    {% set is_by_date = model.config.materialized == 'table' and model.config.meta.get('kept_by_date') in model.columns %}
    {% set known = known_dates(model.unique_id) if is_by_date and var('keep_unchanged') else {} %}
    {% set made_from, kept = made_from_or_kept() %}
    {% if kept %}{{ return(kept) }}{% endif %}
    {% set lines = dates_made_from() if made_from and is_by_date else {} %}
    {% set dates = changed_dates(lines, known) if lines and load_cached_relation(this) and not flags.FULL_REFRESH else none %}
    {% set built = make_dates(lines, dates) if dates else build() %}
    {% do remember_build(model.unique_id, staged_rows() if is_staged() else made_from) %}
    {% do remember_build('read ' ~ model.unique_id, made_from) if is_staged() %}
    {% do remember_dates(lines) if made_from %}
    {{ return(built) }}
{% endmacro %}

{#- What the model is made from, and what a materialization returns of one that it leaves alone; none: it is forgotten until it is built. -#}
{% macro made_from_or_kept() %}
    {% set known = known_builds() %}
    {% set made_from = built_from(compiled_code, known) %}
    {% set may_keep = made_from and not flags.FULL_REFRESH and not flags.EMPTY and model.unique_id in known %}
    {% set before = known.get('read ' ~ model.unique_id if is_staged() else model.unique_id) %}
    {% if may_keep and before == made_from and load_cached_relation(this) %}
        {% call noop_statement('main', 'KEPT', 'KEPT', 0) %}{% endcall %}
        {{ return((made_from, {'relations': [this]})) }}
    {% endif %}
    {% do remember_build(model.unique_id, none) if model.unique_id in known %}
    {{ return((made_from, none)) }}
{% endmacro %}

{% macro is_staged() %}{{ return(model.fqn[1] == 'staging' and model.config.materialized in ['table', 'incremental']) }}{% endmacro %}
