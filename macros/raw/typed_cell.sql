{#- A clean cell as its contract type: null when it cannot be read. -#}
{% macro typed_cell(clean, column, rules, raw_type, cells) %}
    {% set type = rules.columns[column] %}
    {% set kind = cell_kind(column, rules) %}
    {% set format = cells.formats.get(column, {}) %}
    {% set clean = code_of(clean, cells.synonyms[column]) if cells.synonyms.get(column) and not is_number_type(raw_type) else clean %}
    {% if kind == 'identifier' %}
        {#- Digits are lost in scientific notation: two such identifiers may be one or two. -#}
        {% set lost = matches(clean, '[0-9]+[.][0-9]+[eE][+]?[0-9]+|[0-9]+[eE][+][0-9]+') %}
        {{ return("case when scrubbed__" ~ column ~ " is null or not " ~ lost ~ " then " ~ clean ~ " end") }}
    {% elif type == 'text' %}{{ return(clean) }}
    {% elif type == 'timestamp' %}{{ return(utc_timestamp(clean, raw_type, format)) }}
    {% elif type == 'date' %}{{ return(written_date(clean, raw_type, format)) }}
    {% elif type == 'money' %}{{ return(number_of(clean, 'decimal(18, 4)', raw_type)) }}
    {% elif type == 'number' %}{{ return(number_of(clean if is_number_type(raw_type) else replaced(clean, ' *%$', ''), 'double', raw_type)) }}
    {% elif type == 'integer' and is_whole_type(raw_type) %}{{ return("try_cast(" ~ clean ~ " as bigint)") }}
    {% elif type == 'integer' and is_double_type(raw_type) %}
        {#- A decimal of so many places is not the whole number that the double is: 705.0 would become 704.99…. -#}
        {{ return("case when " ~ clean ~ " = floor(" ~ clean ~ ") then try_cast(" ~ clean ~ " as bigint) end") }}
    {% elif type == 'integer' %}
        {% set number = number_of(clean, 'decimal(38, 19)', raw_type) %}
        {{ return("case when " ~ number ~ " = floor(" ~ number ~ ") then try_cast(" ~ number ~ " as bigint) end") }}
    {% endif %}
    {{ exceptions.raise_compiler_error("models/sources: column " ~ column ~ " has the unknown type '" ~ type ~ "'.") }}
{% endmacro %}

{#- The code that a word stands for, in whatever case it is written; another word stays itself. -#}
{% macro code_of(clean, words) %}
    {% set by_code = {} %}
    {% for word, code in words.items() %}{% do by_code.setdefault(code, []).append(word) %}{% endfor %}
    {% set cases = [] %}
    {% for code, said in by_code.items() %}{% do cases.append("when " ~ is_one_of("lower(" ~ clean ~ ")", said) ~ " then '" ~ code ~ "'") %}{% endfor %}
    {{ return("case when " ~ is_one_of(clean, by_code.keys() | list) ~ " then " ~ clean ~ " " ~ (cases | join(" ")) ~ " else " ~ clean ~ " end") }}
{% endmacro %}

{% macro number_of(clean, sql_type, raw_type) %}
    {% if is_number_type(raw_type) %}
        {% set number = "try_cast(" ~ clean ~ " as " ~ sql_type ~ ")" %}
    {% else %}
        {% set number = "case when " ~ matches(clean, digits_of_a_number()) ~ " then try_cast(" ~ clean ~ " as " ~ sql_type ~ ") end" %}
    {% endif %}
    {{ return("case when abs(" ~ number ~ ") < 1e300 then " ~ number ~ " end" if sql_type == 'double' else number) }}
{% endmacro %}

{% macro digits_of_a_number() %}{{ return('[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?') }}{% endmacro %}
