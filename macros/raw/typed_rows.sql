{#-
  A relation of raw rows with typed__<column> beside them, for some columns. Each cell takes three steps, each a level of
  the query and a column of its own, so that the SQL stays short: scrubbed__<column>, clean__<column>, typed__<column>.
-#}
{% macro typed_rows(from, columns, rules, raw, cells) %}
    {% set scrubbed, clean, typed = [], [], [] %}
    {% for column in columns if column in raw.columns %}
        {% set value, raw_type = raw.columns[column].name, raw.columns[column].type %}
        {% set kind, format = cell_kind(column, rules), cells.formats.get(column, {}) %}
        {% set words = cells.words if column not in rules.get('keeps_words', []) else {} %}
        {% set codes = (cells.synonyms.get(column, {}).values() | unique | list) if kind == 'code' else [] %}
        {% do scrubbed.append(scrubbed_cell(value, kind, raw_type, cells.spellings, format.get('is_plain'), words, codes) ~ ' as scrubbed__' ~ column) %}
        {% do clean.append(clean_cell(value, 'scrubbed__' ~ column, kind, raw_type, words, format) ~ ' as clean__' ~ column) %}
        {% do typed.append(typed_cell('clean__' ~ column, column, rules, raw_type, cells) ~ ' as typed__' ~ column) %}
    {% endfor %}
    {% if not typed %}{{ return(from) }}{% endif %}
    {{ return("(select *, " ~ (typed | join(', ')) ~ " from (select *, " ~ (clean | join(', ')) ~ " from (select raw_rows.*, " ~ (scrubbed | join(', '))
        ~ " from " ~ from ~ " as raw_rows) as scrubbed) as cleaned)") }}
{% endmacro %}

{#- What a cell of a column holds: identifier, code, text, number or time. It decides how the cell is cleaned. -#}
{% macro cell_kind(column, rules) %}
    {% set type = rules.columns[column] %}
    {% if column in rules.get('identifiers', []) %}{{ return('identifier') }}{% endif %}
    {% if type in ['timestamp', 'date'] %}{{ return('time') }}{% endif %}
    {{ return('code' if column in rules.get('codes', {}) else 'text' if type == 'text' else 'number') }}
{% endmacro %}

{#- The key of a raw row of typed_rows, as far as it was delivered. -#}
{% macro typed_keys(rules, raw) %}
    {{ return(('typed__' ~ (rules.key | select('in', raw.columns) | join(' typed__'))).split(' ')) }}
{% endmacro %}
