{#-
  What a node is made from, as one text: its SQL or Python, its description and columns, and what its parents were made from (of a
  seed: its rows; of a raw table: its file). builds.built_from keeps it for every model that is built and every data test that has
  passed; a build leaves alone what would be made from the same again. A staged table stands there twice: as `read` with what it was
  made from, and with its rows, since a raw file may change and its rows not. none: nobody knows, since a parent is not in the table.
-#}
{% macro built_from(code, known) %}
    {% if not var('keep_unchanged') %}{{ return(none) }}{% endif %}
    {#- The SQL of an incremental model is another one once there are rows: its template, and what it is rendered with, unless it reads no var. -#}
    {% set is_template = model.config.materialized == 'incremental' %}
    {% set follows_vars = (is_template and model.config.meta.get('reads_vars', true)) or is_staged() %}
    {% set parts = [model.raw_code if is_template else code, tojson([model.description, model.columns, model.config.materialized], sort_keys=true)] %}
    {% if is_template or is_staged() or model.language == 'python' %}{% do parts.append(asked_once('code', [flags.PROJECT_DIR | string])) %}{% endif %}
    {% if follows_vars %}{% do parts.append(tojson(invocation_args_dict.get('vars'), sort_keys=true)) %}{% endif %}
    {% for parent in model.depends_on.nodes | unique | sort %}
        {% if parent.startswith('seed.') %}{% set is_made_from = seed_rows_known(parent) %}
        {% elif parent.startswith('source.') %}{% set is_made_from = raw_digest(graph.sources[parent].name) %}
        {% else %}{% set is_made_from = known.get(parent) %}
        {% endif %}
        {% if is_made_from is none %}{{ return(none) }}{% endif %}
        {% do parts.append(is_made_from) %}
    {% endfor %}
    {{ return(local_md5(parts | join('\n'))) }}
{% endmacro %}

{#- {node: what it was made from} of all nodes, as the database holds them: read when dbt starts, and changed with it from then on. -#}
{% macro known_builds() %}
    {% if not var('keep_unchanged') %}{{ return({}) }}{% endif %}
    {% set known = shared_in_run('known builds') %}
    {% if not known %}
        {% for row in run_query('select node, made_from from builds.built_from').rows %}{% do known.update({row[0]: row[1]}) %}{% endfor %}
    {% endif %}
    {{ return(known) }}
{% endmacro %}

{#- The rows of a seed as one text. A seed is loaded before whatever reads it. -#}
{% macro seed_rows_known(seed) %}
    {% set known = shared_in_run('seeds') %}
    {% if seed not in known %}{% do known.update({seed: rows_of(graph.nodes[seed].relation_name)}) %}{% endif %}
    {{ return(known[seed]) }}
{% endmacro %}

{#- Forgotten before a node is built and remembered afterwards: whatever is killed in between is built again. -#}
{% macro remember_build(node, made_from) %}
    {% if not var('keep_unchanged') %}{{ return('') }}{% endif %}
    {% set forget = "delete from builds.built_from where node in ('" ~ node ~ "', 'read " ~ node ~ "') or starts_with(node, '" ~ node ~ " ')" %}
    {{ committed(forget ~ ("; insert into builds.built_from values ('" ~ node ~ "', '" ~ made_from ~ "')" if made_from else '')) }}
    {% set known = known_builds() %}
    {% for line in [node, 'read ' ~ node] %}{% do known.pop(line, none) %}{% endfor %}
    {% do known.update({node: made_from}) if made_from %}
{% endmacro %}

{#- In a transaction that is ended here: dbt takes back what is open when a node ends. -#}
{% macro committed(sql) %}
    {% call statement('committed', auto_begin=True) %}{{ sql }}{% endcall %}
    {% do adapter.commit() %}
{% endmacro %}

{#- The rows of a staged table as one text. Those of large tables carry a hash of the raw row. -#}
{% macro staged_rows() %}
    {% if not var('keep_unchanged') %}{{ return(none) }}{% endif %}
    {% set columns = adapter.get_columns_in_relation(this) | map(attribute='name') | list %}
    {{ return(rows_of(this, 'raw_hash, judged_with, verdict, copies' if 'raw_hash' in columns else 'every_column')) }}
{% endmacro %}

{% macro rows_of(relation, columns='every_column') %}
    {{ return(run_query('select count(*), sum(cast(hash(' ~ columns ~ ') as hugeint)) from ' ~ relation ~ ' as every_column').rows[0] | join(' ')) }}
{% endmacro %}

{#- on-run-start: the tables themselves, built_from empty if nothing is to be kept. Materializations of other engines keep nothing yet. -#}
{% macro builds_table() %}
    {% if execute and by_engine(true, spark=false) %}
        {{ committed('create schema if not exists builds') }}
        {{ committed('create table if not exists builds.built_from (node varchar, made_from varchar)') }}
        {% if not var('keep_unchanged') %}{{ committed('delete from builds.built_from') }}{% endif %}
        {{ committed('create table if not exists builds.node_states (node varchar, made bigint, seen bigint, begun varchar, outcome varchar, holds varchar)') }}
        {% do begin_states() %}
        {% do known_builds() %}
    {% endif %}
    {{ return('') }}
{% endmacro %}
