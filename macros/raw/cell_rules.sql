{#-
  How the cells of a raw table are read, beyond its contract, all read from seeds and stg_column_formats when a model is
  compiled, so that its SQL shows every word and branches on nothing that the column has not:
    words      {scope: [word in lower case]} of seed null_words: any, text, number, identifier
    spellings  {kind: [[pattern, replacement]]} of seed spellings: time, number
    synonyms   {column: {word in lower case: code}} of seed code_synonyms and the codes of the contract themselves
    formats    {column: how its numbers, dates and decimals are to be read}
-#}
{% macro cell_rules(table) %}
    {% set declared_for_lineage = ref('touchpoint_types') %}
    {% set rules, synonyms, formats = raw_rules(table), {}, {} %}
    {% for column, codes in rules.get('codes', {}).items() %}
        {% do synonyms.update({column: {}}) %}
        {% for code in known_codes(column, codes) %}{% do synonyms[column].update({code | lower: code}) %}{% endfor %}
    {% endfor %}
    {#- `table.column` comes after `column` in the order of the seed's rows, and wins. A code of another table's column is none here. -#}
    {% for name, word, code in seed_rows(ref('code_synonyms'), 'column_name, word, code') %}
        {% set column = name.split('.')[-1] %}
        {% set is_number = rules.columns[column] | default('text') != 'text' and code | int(-1) >= 0 %}
        {% if name in [column, table ~ '.' ~ column] and (is_number or code in synonyms.get(column, {}).values()) %}
            {% do synonyms.setdefault(column, {}).update({word | lower: code}) %}
        {% endif %}
    {% endfor %}
    {% set decided = ['numbers_are', 'date_order', 'decimal_mark', 'is_plain'] %}
    {% for row in seed_rows(ref('stg_column_formats'), 'column_name, time_zones, ' ~ (decided | join(', ')), "table_name = '" ~ table ~ "'") %}
        {% set zones = (row[1] or '').split(',') | select('in', modules.pytz.all_timezones_set) | list %}
        {% do formats.update({row[0]: {'time_zones': zones}}) %}
        {% for name in decided %}{% do formats[row[0]].update({name: row[loop.index0 + 2]}) %}{% endfor %}
    {% endfor %}
    {{ return({'words': null_words(), 'spellings': spellings(), 'synonyms': synonyms, 'formats': formats}) }}
{% endmacro %}

{% macro null_words() %}
    {% set words = {'any': [], 'text': [], 'number': [], 'identifier': []} %}
    {% for scope, word in seed_rows(ref('null_words'), 'scope, word') %}{% do words[scope].append(word | lower) %}{% endfor %}
    {{ return(words) }}
{% endmacro %}

{#- Replacements stand between bars in the seed, so that their spaces show. -#}
{% macro spellings() %}
    {% set steps = {'time': [], 'number': []} %}
    {% for kind, step, pattern, replacement in seed_rows(ref('spellings'), 'kind, step, pattern, replacement') %}
        {% do steps[kind].append([pattern, replacement[1:-1]]) %}
    {% endfor %}
    {{ return(steps) }}
{% endmacro %}

{#- The codes that a column may hold: of the contract, or of the seed that it names. -#}
{% macro known_codes(column, codes) %}
    {{ return(seed_rows(ref(codes.seed), column) | map('first') | list if codes.get('seed') else codes['values']) }}
{% endmacro %}

{#- The rows of a small relation, in order; none while nothing is built yet (dbt compile, lint). -#}
{% macro seed_rows(relation, columns, condition='true') %}
    {% if not execute or var('lint', false) %}{{ return([]) }}{% endif %}
    {% if load_relation(relation) is not none %}
        {{ return(run_query('select ' ~ columns ~ ' from ' ~ relation ~ ' where ' ~ condition ~ ' order by ' ~ columns).rows | map('list') | list) }}
    {% elif flags.WHICH in ['run', 'build'] %}
        {{ exceptions.raise_compiler_error("The table " ~ relation ~ " is not there yet: build it first (dbt seed, or dbt build without --select).") }}
    {% endif %}
    {{ return([]) }}
{% endmacro %}
