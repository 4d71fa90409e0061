{#-
  Reading raw files. Macros ask Python which files there are and how each is written; what is no UTF-8 CSV is converted there.
  On DuckDB by SQL functions (tagmart.duckdb_plugin), on Spark by a method of the adapter (tagmart.spark).
-#}

{#- {exists, files: {table: [path]}, faults, others, note} of the raw folder: see tagmart/reading/raw_folder.py. -#}
{% macro raw_folder() %}
    {{ return(asked_once('raw_folder', [(var('raw_path') | string).rstrip('/') or '/', raw_tables() | join(',')])) }}
{% endmacro %}

{#- The path of the file of a raw table, or none. Several files for one table would be a coin toss: refused. -#}
{% macro raw_file(table) %}
    {% set files = raw_folder().files[table] %}
    {% if files | length > 1 %}{{ exceptions.raise_compiler_error(raw_folder().faults[table]) }}{% endif %}
    {{ return(files[0] if files else none) }}
{% endmacro %}

{#- What Python knows of a raw file: see describe in tagmart/reading/raw_file.py. -#}
{% macro described_raw_file(file, table) %}
    {{ return(asked_once('raw_file', [file, var('raw_encoding') | string, raw_rules(table).columns | join(',')])) }}
{% endmacro %}

{#- What the file of a raw table holds, as one text; none: nobody knows, since it is a table of a warehouse. -#}
{% macro raw_digest(table) %}
    {% set file = raw_file(table) if reads_raw_files() else none %}
    {{ return(asked_once('raw_digest', [file]) if file else ('absent' if reads_raw_files() else none)) }}
{% endmacro %}

{#- The answer of a function of tagmart/reading/answers.py, or for Spark of tagmart/spark/raw_files.py. -#}
{% macro ask_python(function, arguments) %}{{ return(adapter.dispatch('ask_python', 'tagmart')(function, arguments)) }}{% endmacro %}

{% macro spark__ask_python(function, arguments) %}{{ return(adapter.ask_tagmart(function, arguments)) }}{% endmacro %}

{% macro default__ask_python(function, arguments) %}
    {% set quoted = [] %}
    {% for argument in arguments %}{% do quoted.append("'" ~ argument.replace("'", "''") ~ "'") %}{% endfor %}
    {{ return(fromjson(run_query("select tagmart_" ~ function ~ "(" ~ (quoted | join(', ')) ~ ")").rows[0][0])) }}
{% endmacro %}

{#- An answer of Python that is asked for once in a run. It is kept as text, since macros change what they get. -#}
{% macro asked_once(function, arguments) %}
    {% if not execute %}{{ return(ask_python(function, arguments)) }}{% endif %}
    {% set answers, question = shared_in_run('answers'), ([by_engine('DuckDB', spark='Spark'), function] + arguments) | join('\n') %}
    {% if question not in answers %}{% do answers.update({question: tojson(ask_python(function, arguments))}) %}{% endif %}
    {{ return(fromjson(answers[question])) }}
{% endmacro %}

{% macro is_known_encoding(name) %}{{ return(ask_python('is_encoding', [name | string])) }}{% endmacro %}

{#- {from, columns, file, note, repeated}: see raw_relation. What cannot be read stops here, with one sentence. -#}
{% macro read_raw_file(file, table) %}
    {% set found = described_raw_file(file, table) %}
    {% if found.fault %}
        {{ exceptions.raise_compiler_error("The raw file '" ~ file ~ "' of table '" ~ table ~ "' " ~ found.fault ~ ".") }}
    {% endif %}
    {{ return({'from': found['from'], 'columns': found.columns, 'file': file, 'note': found.note, 'repeated': found.repeated}) }}
{% endmacro %}
