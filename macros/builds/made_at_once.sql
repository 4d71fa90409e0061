{#-
  How a table or view of SQL is made: dropped, made and described in one transaction. dbt's own way makes it under another name, renames the
  old and the new one, and asks for columns, indexes and foreign keys in between: some twenty statements, which take a small model longer
  than its rows do.
-#}
{% macro made_at_once() %}
    {% set kind, old = model.config.materialized, load_cached_relation(this) %}
    {% set new = this.incorporate(type=kind) %}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% if old and old.type != kind %}{% do adapter.drop_relation(old) %}{% endif %}
    {% call statement('main') %}
        {{ 'drop ' ~ kind ~ ' if exists ' ~ new ~ ';' if old and old.type == kind }}
        {{ create_view_as(new, compiled_code) if kind == 'view' else create_table_as(False, new, compiled_code, 'sql') }}
    {% endcall %}
    {% if kind == 'table' %}{% do create_indexes(new) %}{% endif %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do describe(new) %}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [new]}) }}
{% endmacro %}

{#- The descriptions of a relation and its columns in one statement. dbt's own asks twice which columns there are. -#}
{% macro describe(relation) %}
    {% set comments = [] %}
    {% if config.persist_relation_docs() and model.description %}
        {% do comments.append(alter_relation_comment(relation, model.description)) %}
    {% endif %}
    {% for name, column in (model.columns if config.persist_column_docs() else {}).items() %}
        {% set column_name = adapter.quote(name) if column.quote else name %}
        {% do comments.append('comment on column ' ~ relation ~ '.' ~ column_name ~ ' is ' ~ duckdb_escape_comment(column.description) ~ ';') %}
    {% endfor %}
    {% if comments %}{% do run_query(comments | join('\n')) %}{% endif %}
{% endmacro %}
