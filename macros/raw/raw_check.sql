{#-
  on-run-start: one clear sentence when the raw input cannot be read at all, before any model runs; and a line each for
  the files that are read in another way than as they are, the files that are no raw table, and the optional tables that
  are absent. Returns an empty statement.
-#}
{% macro raw_check() %}
    {% if not execute or flags.WHICH not in ['build', 'run'] %}{{ return('') }}{% endif %}
    {% if var('raw_models') %}{{ return(raw_models_check()) }}{% endif %}
    {% set place = "schema '" ~ var('raw_schema') ~ "'" if var('raw_schema') else "folder '" ~ var('raw_path') ~ "'" %}
    {% if reads_raw_files() %}{% do raw_folder_check() %}{% endif %}
    {% set absent = [] %}
    {% for table in raw_tables() %}
        {% set rules, raw = raw_rules(table), raw_relation(table) %}
        {% if raw.from is none and rules.get('required') %}
            {{ exceptions.raise_compiler_error("The required raw table '" ~ table ~ "' is missing in the " ~ place ~ ": add "
                ~ table ~ ".parquet, " ~ table ~ ".csv or " ~ table ~ ".xlsx (or the table itself).") }}
        {% endif %}
        {% do absent.append(table) if raw.from is none else raw_columns_check(table, rules, raw, place) %}
    {% endfor %}
    {{ log("Optional raw tables absent in the " ~ place ~ " (their staging is empty): " ~ (absent | join(', ')), info=true) if absent }}
{% endmacro %}

{#- Models that stand in for raw tables may not be built yet: raw_relation looks at their columns when staging reads them. -#}
{% macro raw_models_check() %}
    {% set models, absent = var('raw_models'), [] %}
    {% for table in models if table not in raw_tables() %}
        {{ refuse_var('raw_models', "'" ~ table ~ "' is no raw table, which are " ~ (raw_tables() | join(', ')) ~ ".") }}
    {% endfor %}
    {% for table in raw_tables() if table not in models %}
        {% if raw_rules(table).get('required') %}{{ refuse_var('raw_models', "name the model of the required raw table '" ~ table ~ "' too.") }}{% endif %}
        {% do absent.append(table) %}
    {% endfor %}
    {{ log("Optional raw tables that var raw_models does not name (their staging is empty): " ~ (absent | join(', ')), info=true) if absent }}
{% endmacro %}

{#- A model that stands in for a raw table, when staging reads it: it must be there, with the columns that the table must have. -#}
{% macro raw_model_check(table, raw) %}
    {% set place = "model '" ~ var('raw_models')[table] ~ "'" %}
    {% if raw.from %}{{ return(must_exist_check(table, raw_rules(table), raw, place)) }}{% endif %}
    {% if flags.WHICH in ['build', 'run'] and model.resource_type | string == 'model' %}
        {{ exceptions.raise_compiler_error("The " ~ place ~ ", which var raw_models names for the raw table '" ~ table
            ~ "', is neither table nor view in the database: build it first, and not as ephemeral.") }}
    {% endif %}
{% endmacro %}

{#- A folder without files is refused; files in it that are no raw table are named. -#}
{% macro raw_folder_check() %}
    {% set folder = raw_folder() %}
    {% if not folder.exists %}
        {{ exceptions.raise_compiler_error("The raw folder '" ~ var('raw_path')
            ~ "' (var raw_path) does not exist or is empty: give the folder that holds orders.parquet, orders.csv or orders.xlsx.") }}
    {% endif %}
    {{ log(folder.note, info=true) if folder.note }}
{% endmacro %}

{#- The columns of a raw table that is there: one that must exist is asked for, others that nobody reads are named. -#}
{% macro raw_columns_check(table, rules, raw, place) %}
    {% set unknown = raw.columns | reject('in', rules.columns) | list %}
    {{ log("Raw file " ~ raw.note, info=true) if raw.note }}
    {% do must_exist_check(table, rules, raw, place) %}
    {{ log("Raw table " ~ table ~ ": columns with no home, not read: " ~ (unknown | join(', ')), info=true) if unknown }}
    {% set repeated = "Raw table " ~ table ~ ": columns that stand there more than once, the first is read: " ~ (raw.repeated | join(', ')) %}
    {{ log(repeated, info=true) if raw.repeated }}
{% endmacro %}

{% macro must_exist_check(table, rules, raw, place) %}
    {% set lacking, unknown, any_of = [], [], rules.get('any_of', []) %}
    {% for column in rules.must_exist if column not in raw.columns %}{% do lacking.append(column) %}{% endfor %}
    {% for column in raw.columns if column not in rules.columns %}{% do unknown.append(column) %}{% endfor %}
    {% do lacking.append(any_of | join("' or '")) if any_of and not any_of | select('in', raw.columns) | list %}
    {% if lacking %}
        {% set is_text = raw.file and not raw.file.lower().endswith('.parquet') %}
        {% set header = "; a CSV file or a sheet has its column names in one row above the data" if is_text else "" %}
        {% set suggest = "; for columns with other names see tagmart import exports --suggest '" ~ raw.file ~ "'" if raw.file and unknown else "" %}
        {{ exceptions.raise_compiler_error("The raw table '" ~ table ~ "' in the " ~ place ~ " has no column '" ~ lacking[0]
            ~ "', which it must have: add the column (it has: " ~ (raw.columns | join(', ')) ~ ")" ~ header ~ suggest ~ ".") }}
    {% endif %}
{% endmacro %}
