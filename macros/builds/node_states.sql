{#-
  builds.node_states: what the builds of this database did with each model, seed and data test, for `tagmart publish`. Builds are
  counted: `made` is the one that made the rows of a model or seed last, `seen` the last one after which it was as it has to be (made,
  left alone, or, of a test, passed), `begun` the one that took it on and did not come to its end, `holds` the rows of a seed. A node
  is fresh when it was seen no earlier than what it reads was made. builds.built_from cannot tell: it is not kept with
  keep_unchanged: false, nor in another project, nor of what reads tables of a schema.
-#}
{#- on-run-start: all that this build takes on, and which tests it has to ask again. -#}
{% macro begin_states() %}
    {% set nodes = [] %}
    {% for id in selected_resources if id.split('.')[0] in ['model', 'seed', 'snapshot', 'test'] %}{% do nodes.append(id) %}{% endfor %}
    {% if not nodes %}{{ return('') }}{% endif %}
    {% set listed = "('" ~ (nodes | join("'), ('")) ~ "')" %}
    {% do forget_stale_tests(nodes) if var('keep_unchanged') %}
    {{ committed('insert into builds.node_states (node) select node from (values ' ~ listed ~ ') as taken (node) anti join builds.node_states using (node)') }}
    {{ committed("update builds.node_states set begun = coalesce(begun, '" ~ invocation_id ~ "') where node in (select col0 from (values " ~ listed ~ '))') }}
{% endmacro %}

{#- A test that a killed build was asking, or that has not been asked since what it reads was made, is asked whatever it was made from. -#}
{% macro forget_stale_tests(nodes) %}
    {% set reads = [] %}
    {% for id in nodes if id.startswith('test.') %}
        {% for parent in graph.nodes[id].depends_on.nodes %}{% do reads.append("('" ~ id ~ "', '" ~ parent ~ "')") %}{% endfor %}
    {% endfor %}
    {% set stale = ["select node from builds.node_states where begun is not null"] %}
    {% if reads %}
        {% do stale.append("select test from (values " ~ (reads | join(', ')) ~ ") as reads (test, parent) inner join builds.node_states as asked on "
            ~ "asked.node = test inner join builds.node_states as read on read.node = parent where asked.seen < read.made") %}
    {% endif %}
    {{ committed("delete from builds.built_from where starts_with(node, 'test.') and node in (" ~ (stale | join(' union all ')) ~ ')') }}
{% endmacro %}

{#- on-run-end: what came of it. What was skipped is as it was before. -#}
{% macro end_states(results) %}
    {% if not execute or by_engine(false, spark=true) %}{{ return('') }}{% endif %}
    {% set ended = [] %}
    {% for result in results if result.node.resource_type | string in ['model', 'seed', 'snapshot', 'test'] %}
        {% set node, status = result.node, result.status | string %}
        {% set is_test, is_seed = node.resource_type | string == 'test', node.resource_type | string == 'seed' %}
        {% if status == 'skipped' %}{% set outcome = 'skipped' %}
        {% elif status not in ['success', 'pass', 'warn'] %}{% set outcome = 'failed' %}
        {% elif flags.EMPTY %}{% set outcome = 'empty' %}
        {% elif is_test %}{% set outcome = 'passed' %}
        {% else %}{% set outcome = 'kept' if result.message == 'KEPT' else 'made' %}
        {% endif %}
        {% set holds = "'" ~ rows_of(node.relation_name) ~ "'" if is_seed and outcome == 'made' else 'cast(null as varchar)' %}
        {% do ended.append("('" ~ node.unique_id ~ "', '" ~ outcome ~ "', " ~ holds ~ ')') %}
    {% endfor %}
    {% if not ended %}{{ return('') }}{% endif %}
    {% set run = run_query('select coalesce(max(greatest(made, seen)), 0) + 1 from builds.node_states').rows[0][0] %}
    {{ committed("update builds.node_states as states set "
        ~ "made = case when ended.outcome = 'made' and (ended.holds is null or ended.holds is distinct from states.holds) then " ~ run
        ~ " when ended.outcome = 'kept' then coalesce(made, " ~ run ~ ") when ended.outcome in ('failed', 'empty') then null else made end, "
        ~ "seen = case when ended.outcome in ('made', 'kept', 'passed') then " ~ run
        ~ " when ended.outcome in ('failed', 'empty') then null else seen end, "
        ~ "begun = case when ended.outcome != 'skipped' or begun = '" ~ invocation_id ~ "' then null else begun end, "
        ~ "outcome = case when ended.outcome = 'skipped' then states.outcome else ended.outcome end, "
        ~ "holds = coalesce(ended.holds, states.holds) "
        ~ "from (values " ~ (ended | join(', ')) ~ ") as ended (node, outcome, holds) where ended.node = states.node") }}
    {{ return('') }}
{% endmacro %}
