{#-
  Where a raw table is and what it has: {from: SQL after `from`, or none when the table is absent; columns: {name in lower
  case: {name: in the SQL of `from`, type: engine type in lower case}}; file: path or none; note: how a file is read when
  not as it is, or ''; repeated: column names that stand in it more than once}. The columns of the contract are raw__<column>
  in `from`, which has no others. The warehouse schema (var raw_schema) wins over the folder (var raw_path).
-#}
{% macro raw_relation(table) %}
    {% set declared_for_lineage = source('raw', table) %}
    {% set found = {'from': none, 'columns': {}, 'file': none, 'note': '', 'repeated': []} %}
    {#- sqlfluff reads the staging models without the raw files: there is no style in a file's columns. -#}
    {% if not execute or var('lint', false) %}{{ return(found) }}{% endif %}
    {% if var('raw_schema') %}
        {% set relation = adapter.get_relation(target.database, var('raw_schema'), table) %}
        {% for column in (adapter.get_columns_in_relation(relation) if relation else []) %}
            {% do found.columns.setdefault(column.name.strip() | lower, {'name': adapter.quote(column.name), 'type': column.dtype | lower}) %}
        {% endfor %}
        {% do found.update({'from': relation | string}) if relation %}
    {% elif raw_file(table) %}
        {% do found.update(read_raw_file(raw_file(table), table)) %}
    {% endif %}
    {% set named = [] %}
    {% for column in raw_rules(table).columns if column in found.columns %}
        {% do named.append(found.columns[column].name ~ ' as raw__' ~ column) %}
        {% do found.columns[column].update({'name': 'raw__' ~ column}) %}
    {% endfor %}
    {% if named %}{% do found.update({'from': '(select ' ~ (named | join(', ')) ~ ' from ' ~ found.from ~ ')'}) %}{% endif %}
    {{ return(found) }}
{% endmacro %}

{#- The columns of `from` that staging reads: the raw row, in the order of the contract. -#}
{% macro raw_names(rules, raw) %}
    {% set names = [] %}
    {% for column in rules.columns if column in raw.columns %}{% do names.append(raw.columns[column].name) %}{% endfor %}
    {{ return(names) }}
{% endmacro %}
