{#-
  A table of segments is made again only at the as-of dates whose customers are no longer what they were (config.meta.kept_by_date
  names its column of the date). builds.built_from keeps a line for each of its dates, `<node> <date>`: its own SQL, that of the
  models of its folder that it reads, and the rows of the tag mart at this date and those before it, so that a model may look back.
  They are hashed when the mart is built (config.meta.has_rows_by_date), scores apart, since one late order moves the scores of everybody.
  {}: nobody knows.
-#}
{% macro dates_made_from() %}
    {% set found = {'seen': [], 'codes': [sql_of(model, compiled_code)], 'rows': [], 'dated': []} %}
    {% do read_by_date(model.depends_on.nodes, found) %}
    {% if not found.dated or none in found.codes %}{{ return({}) }}{% endif %}
    {% set known = {} %}
    {% for node in found.dated %}{% do known.update({node: known_dates(node)}) %}{% endfor %}
    {% set so_far, lines, reads_scores = found.codes + found.rows, {}, ' reads scores' in found.codes | join %}
    {% set dates = graph.nodes['model.tagmart.int_as_of_dates'].relation_name %}
    {% for row in run_query('select as_of_date, previous_as_of_date, is_current from ' ~ dates ~ ' order by as_of_date').rows %}
        {% do so_far.append(row | join(' ')) %}
        {% for node in found.dated | sort %}
            {% set line = known[node].get(row[0] | string, '') %}
            {% do so_far.append(line if reads_scores else line.split('|')[0]) %}
        {% endfor %}
        {% do lines.update({row[0] | string: local_md5(so_far | join('\n'))}) %}
    {% endfor %}
    {{ return(lines if {} not in known.values() | list else {}) }}
{% endmacro %}

{#- What a model reads: models of its own folder by their SQL and what they read; marts with rows by date; of anything else all rows. -#}
{% macro read_by_date(nodes, found) %}
    {% for id in nodes if id not in found.seen and id != 'model.tagmart.int_as_of_dates' %}
        {% do found.seen.append(id) %}
        {% set node = graph.nodes[id] %}
        {% if node.config.meta.has_rows_by_date %}{% do found.dated.append(id) %}
        {% elif node.config.meta.kept_by_date and (node.config.meta.kept_by_date in node.columns or node.config.materialized == 'view') %}
            {% do found.codes.append(known_code(id)) %}
            {% do read_by_date(node.depends_on.nodes, found) %}
        {% else %}{% do found.rows.append(rows_of(node.relation_name)) %}
        {% endif %}
    {% endfor %}
{% endmacro %}

{#- The SQL of a model as one text, and whether a score may be in it: its name, or all columns of the mart. -#}
{% macro sql_of(node, code) %}
    {% set scores = tag_columns() | selectattr('life_stage', 'equalto', 'predictive') | map(attribute='code') | join('|') %}
    {% set mart = modules.re.escape(graph.nodes['model.tagmart.customer_tags'].relation_name) %}
    {% set of_mart = modules.re.findall('select((?:(?!select)[\\s\\S])*?)\\b(?:from|join)\\s+' ~ mart, code) | join(' ') %}
    {% set reads_scores = modules.re.search('\\b(' ~ scores ~ ')\\b', code) or '*' in of_mart.replace('count(*)', '') %}
    {{ return(local_md5(code ~ tojson([node.description, node.columns], sort_keys=true)) ~ (' reads scores' if reads_scores else '')) }}
{% endmacro %}

{% macro known_code(id) %}
    {% set rows = run_query("select made_from from builds.built_from where node = 'code " ~ id ~ "'").rows %}
    {{ return(rows[0][0] if rows else none) }}
{% endmacro %}

{#- {date: line} of a node, as the database holds them. -#}
{% macro known_dates(id) %}
    {% set lines = {} %}
    {% for row in run_query("select substr(node, " ~ (id | length + 2) ~ "), made_from from builds.built_from where starts_with(node, '" ~ id ~ " ')").rows %}
        {% do lines.update({row[0]: row[1]}) %}
    {% endfor %}
    {{ return(lines) }}
{% endmacro %}

{#- After a build: the lines of its dates, or the rows of a mart that others keep their dates by. -#}
{% macro remember_dates(lines) %}
    {% set column = model.config.meta.kept_by_date %}
    {% if column %}
        {{ committed("delete from builds.built_from where node = 'code " ~ model.unique_id ~ "'") }}
        {{ committed("insert into builds.built_from values ('code " ~ model.unique_id ~ "', '" ~ sql_of(model, compiled_code) ~ "')") }}
    {% endif %}
    {% if lines %}
        {% set values = [] %}
        {% for date, line in lines.items() %}{% do values.append("('" ~ model.unique_id ~ ' ' ~ date ~ "', '" ~ line ~ "')") %}{% endfor %}
        {{ committed('insert into builds.built_from values ' ~ (values | join(', '))) }}
    {% endif %}
    {% if model.config.meta.has_rows_by_date %}
        {% set scores = tag_columns() | selectattr('life_stage', 'equalto', 'predictive') | map(attribute='code') | list %}
        {% set columns = adapter.get_columns_in_relation(this) | map(attribute='name') | reject('equalto', 'input_fingerprint') | list %}
        {{ committed("insert into builds.built_from select '" ~ model.unique_id ~ " ' || as_of_date, concat(count(*), ' ', "
            ~ rows_hash(columns | reject('in', scores)) ~ ", '|', " ~ rows_hash(['customer_id'] + (columns | select('in', scores) | list))
            ~ ') from ' ~ this ~ ' group by as_of_date') }}
    {% endif %}
{% endmacro %}
