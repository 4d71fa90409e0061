{#-
  How the cells of a raw table are read, beyond its contract:
    table     its name
    words     {scope: [word in lower case]} of seed null_words: any, text, number, identifier
    synonyms  {column: {word in lower case: code}} of seed code_synonyms and the codes of the contract themselves
    formats   {column: how its numbers, dates and decimals are to be read}, by model stg_column_formats
  Read when a model is compiled, so that its SQL shows every word and branches on nothing that the column has not.
-#}
{% macro cell_rules(table) %}
    {% set rules = raw_contract()[table] %}
    {% set cells = {'table': table, 'words': {}, 'synonyms': {}, 'formats': {}} %}
    {% do cells.update({'words': null_words()}) %}
    {% for column, codes in rules.get('codes', {}).items() %}
        {% set words = {} %}
        {% for code in known_codes(column, codes) %}{% do words.update({code | lower: code}) %}{% endfor %}
        {% do cells.synonyms.update({column: words}) %}
    {% endfor %}
    {% set names = [] %}
    {% for column in rules.columns %}{% do names.extend([column, table ~ '.' ~ column]) %}{% endfor %}
    {% for row in seed_rows(ref('code_synonyms'), 'column_name, word, code', "column_name in ('" ~ (names | join("', '")) ~ "')") %}
        {% set column = row[0].split('.')[-1] %}
        {% if column in cells.synonyms or (rules.columns[column] != 'text' and row[2] | int(-1) >= 0) %}
            {#- `table.column` comes after `column` in the order of the seed's rows, and wins. -#}
            {% do cells.synonyms.setdefault(column, {}).update({row[1] | lower: row[2]}) %}
        {% endif %}
    {% endfor %}
    {% for row in seed_rows(ref('stg_column_formats'), 'table_name, column_name, numbers_are, date_order, decimal_mark, time_zones, is_plain', "table_name = '" ~ table ~ "'") %}
        {% set zones = [] %}
        {% for zone in (row[5] or '').split(',') if zone in modules.pytz.all_timezones_set %}{% do zones.append(zone) %}{% endfor %}
        {% do cells.formats.update({row[1]: {'numbers_are': row[2], 'date_order': row[3], 'decimal_mark': row[4], 'time_zones': zones, 'is_plain': row[6]}}) %}
    {% endfor %}
    {{ return(cells) }}
{% endmacro %}

{#- Seed null_words: {scope: [word in lower case]}. -#}
{% macro null_words() %}
    {% set words = {'any': [], 'text': [], 'number': [], 'identifier': []} %}
    {% for row in seed_rows(ref('null_words'), 'scope, word') %}{% do words[row[0]].append(row[1] | lower) %}{% endfor %}
    {{ return(words) }}
{% endmacro %}

{#- The codes that a column may hold: of the contract, or of the seed that it names. -#}
{% macro known_codes(column, codes) %}
    {% if not codes.get('seed') %}{{ return(codes['values']) }}{% endif %}
    {% set found = [] %}
    {% for row in seed_rows(ref(codes.seed), column) %}{% do found.append(row[0]) %}{% endfor %}
    {{ return(found) }}
{% endmacro %}

{#- The rows of a small relation, in order; none while nothing is built yet (dbt compile, lint). -#}
{% macro seed_rows(relation, columns, condition='true') %}
    {% if not execute or var('lint', false) %}{{ return([]) }}{% endif %}
    {% if load_relation(relation) is none %}
        {% if flags.WHICH in ['run', 'build'] %}
            {{ exceptions.raise_compiler_error("The table " ~ relation ~ " is not there yet: build it first (dbt seed, or dbt build without --select).") }}
        {% endif %}
        {{ return([]) }}
    {% endif %}
    {{ return(run_query('select ' ~ columns ~ ' from ' ~ relation ~ ' where ' ~ condition ~ ' order by ' ~ columns).rows | map('list') | list) }}
{% endmacro %}
