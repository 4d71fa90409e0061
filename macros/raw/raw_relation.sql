{#-
  Where a raw table is and what it has: {from: SQL after `from`, or none when the table is absent; columns: {name in lower
  case: {name: in the SQL of `from`, type: engine type in lower case}}; file: path or none; note: how a file is read when
  not as it is, or ''; repeated: column names that stand in it more than once}. The columns of the contract are raw__<column>
  in `from`, which has no others. Models (var raw_models) win over a warehouse schema (var raw_schema), that over the folder (var raw_path).
-#}
{% macro raw_relation(table) %}
    {% set declared_for_lineage = raw_parent(table) %}
    {% set found = {'from': none, 'columns': {}, 'file': none, 'note': '', 'repeated': []} %}
    {#- sqlfluff reads the staging models without the raw files: there is no style in a file's columns. -#}
    {% if not execute or var('lint', false) or declared_for_lineage is none %}{{ return(found) }}{% endif %}
    {% if not reads_raw_files() %}
        {% set relation = load_relation(declared_for_lineage) if var('raw_models') else adapter.get_relation(target.database, var('raw_schema'), table) %}
        {% for column in (adapter.get_columns_in_relation(relation) if relation else []) %}
            {% do found.columns.setdefault(column.name.strip() | lower, {'name': adapter.quote(column.name), 'type': column.dtype | lower}) %}
        {% endfor %}
        {% do found.update({'from': relation | string}) if relation %}
    {% else %}
        {% set file = raw_file(table) %}
        {% do found.update(read_raw_file(file, table)) if file %}
    {% endif %}
    {% if var('raw_models') %}{% do raw_model_check(table, found) %}{% endif %}
    {% set named = [] %}
    {% for column in raw_rules(table).columns if column in found.columns %}
        {% do named.append(found.columns[column].name ~ ' as raw__' ~ column) %}
        {% do found.columns[column].update({'name': 'raw__' ~ column}) %}
    {% endfor %}
    {% if named %}{% do found.update({'from': '(select ' ~ (named | join(', ')) ~ ' from ' ~ found.from ~ ')'}) %}{% endif %}
    {{ return(found) }}
{% endmacro %}

{#-
  What dbt knows a raw table by: the source, or the model that var raw_models names; none: absent beside such models. The model is one
  of the project that is built, unless its package stands before it: a project may well call one stg_orders.
-#}
{% macro raw_parent(table) %}
    {% if not var('raw_models') %}{{ return(source('raw', table)) }}{% endif %}
    {% if var('raw_models') is not mapping %}{{ refuse_var('raw_models', "give {raw table: model}, such as {orders: my_orders}.") }}{% endif %}
    {% if table not in var('raw_models') %}{{ return(none) }}{% endif %}
    {% set name = var('raw_models')[table].split('.') %}
    {{ return(ref(*name) if name | length == 2 else ref(project_name, *name)) }}
{% endmacro %}

{% macro reads_raw_files() %}{{ return(not var('raw_schema') and not var('raw_models')) }}{% endmacro %}

{#- The columns of `from` that staging reads: the raw row, in the order of the contract. -#}
{% macro raw_names(rules, raw) %}
    {% set names = [] %}
    {% for column in rules.columns if column in raw.columns %}{% do names.append(raw.columns[column].name) %}{% endfor %}
    {{ return(names) }}
{% endmacro %}
