{#-
  on-run-start: one clear sentence when the raw input cannot be read at all, before any model runs;
  and one line that names the optional tables that are absent. Returns an empty statement.
-#}
{% macro raw_check() %}
    {% if not execute or flags.WHICH not in ['build', 'run'] %}{{ return('') }}{% endif %}
    {% set place = "schema '" ~ var('raw_schema') ~ "'" if var('raw_schema') else "folder '" ~ var('raw_path') ~ "'" %}
    {% if not var('raw_schema') and not raw_folder_exists() %}
        {{ exceptions.raise_compiler_error("The raw folder '" ~ var('raw_path') ~ "' (var raw_path) does not exist or is empty: give the folder that holds orders.parquet or orders.csv.") }}
    {% endif %}
    {% set absent = [] %}
    {% for table, rules in raw_contract().items() %}
        {% set file = none if var('raw_schema') else raw_file(table) %}
        {% set fault = raw_file_fault(file) if file else none %}
        {% if fault %}{{ exceptions.raise_compiler_error("The raw file '" ~ file ~ "' of table '" ~ table ~ "' " ~ fault ~ ".") }}{% endif %}
        {% set raw = raw_relation(table) %}
        {% if raw.from is none and raw.file and rules.get('required') %}
            {{ exceptions.raise_compiler_error("The raw file '" ~ raw.file ~ "' of the required table '" ~ table ~ "' is empty: give it its column names in the first line, even when there are no rows.") }}
        {% elif raw.from is none and rules.get('required') %}
            {{ exceptions.raise_compiler_error("The required raw table '" ~ table ~ "' is missing in the " ~ place ~ ": add " ~ table ~ ".parquet or " ~ table ~ ".csv (or the table itself).") }}
        {% elif raw.from is none %}
            {% do absent.append(table) %}
        {% else %}
            {% for column in rules.must_exist if column not in raw.columns %}
                {{ exceptions.raise_compiler_error("The raw table '" ~ table ~ "' in the " ~ place ~ " has no column '" ~ column ~ "', which it must have: add the column (it has: " ~ (raw.columns.keys() | join(', ')) ~ ")" ~ ("; a CSV file is UTF-8 with its column names in the first line" if raw.file and raw.file.endswith('.csv')) ~ ".") }}
            {% endfor %}
            {% set unknown = [] %}
            {% for column in raw.columns if column not in rules.columns %}{% do unknown.append(column) %}{% endfor %}
            {% if unknown %}{{ log("Raw table " ~ table ~ ": columns with no home, not read: " ~ (unknown | join(', ')), info=true) }}{% endif %}
        {% endif %}
    {% endfor %}
    {% if absent %}{{ log("Optional raw tables absent in the " ~ place ~ " (their staging is empty): " ~ (absent | join(', ')), info=true) }}{% endif %}
{% endmacro %}
