{#-
  A relation of the raw rows with typed__<column> beside them, for some columns: by the same steps as judged_rows, for
  what has to know a key or a date before it can judge.
-#}
{% macro typed_rows(from, columns, rules, raw, cells) %}
    {% set scrubbed, clean, typed = [], [], [] %}
    {% for column in columns if column in raw.columns %}
        {% set steps = cell_steps(raw.columns[column].name, column, rules, raw.columns[column].type, cells) %}
        {% do scrubbed.append(steps.scrubbed) %}{% do clean.append(steps.clean) %}{% do typed.append(steps.typed) %}
    {% endfor %}
    {% if not typed %}{{ return(from) }}{% endif %}
    {{ return("(select *, " ~ (typed | join(', ')) ~ " from (select *, " ~ (clean | join(', ')) ~ " from (select raw_rows.*, " ~ (scrubbed | join(', '))
        ~ " from " ~ from ~ " as raw_rows) as scrubbed) as cleaned)") }}
{% endmacro %}

{#- The three steps of one cell: scrubbed__<column>, clean__<column>, typed__<column>. -#}
{% macro cell_steps(value, column, rules, raw_type, cells) %}
    {% set kind, format = cell_kind(column, rules), cells.formats.get(column, {}) %}
    {% set words = cells.words if column not in rules.get('keeps_words', []) else {} %}
    {% set codes = (cells.synonyms.get(column, {}).values() | unique | list) if kind == 'code' else [] %}
    {{ return({
        'scrubbed': scrubbed_cell(value, kind, raw_type, format.get('is_plain'), words, codes) ~ ' as scrubbed__' ~ column,
        'clean': clean_cell(value, 'scrubbed__' ~ column, kind, raw_type, words, format) ~ ' as clean__' ~ column,
        'typed': typed_cell('clean__' ~ column, column, rules, raw_type, cells) ~ ' as typed__' ~ column
    }) }}
{% endmacro %}

{#- The key of a raw row of typed_rows. -#}
{% macro typed_keys(rules) %}
    {% set keys = [] %}
    {% for column in rules.key %}{% do keys.append('typed__' ~ column) %}{% endfor %}
    {{ return(keys) }}
{% endmacro %}
