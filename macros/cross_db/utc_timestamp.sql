{#-
  A raw time as a UTC timestamp without time zone, or null. Text may be ISO (- or /), ISO with Z or an
  offset, or epoch seconds or milliseconds (WeCom's create_time). Values outside 1900 to 2199 are null:
  they would overflow date arithmetic, and `infinity` is one of them.
  DuckDB drops the offset of a text cast to TIMESTAMP without a word, so offsets go through TIMESTAMPTZ.
-#}
{% macro utc_timestamp(value, raw_type) %}{{ return(adapter.dispatch('utc_timestamp')(value, raw_type)) }}{% endmacro %}

{% macro default__utc_timestamp(value, raw_type) %}
    {% if raw_type == 'timestamp with time zone' %}
        {% set read = "timezone('UTC', " ~ value ~ ")" %}
    {% elif raw_type != 'text' %}
        {% set read = "cast(" ~ value ~ " as timestamp)" %}
    {% else %}
        {% set read -%}
            case
                when length({{ value }}) in (10, 13) and regexp_full_match({{ value }}, '[0-9]+')
                    then make_timestamp(cast({{ value }} as bigint) * case when length({{ value }}) = 10 then 1000000 else 1000 end)
                when length({{ value }}) > 16 and regexp_matches({{ value }}, '([zZ]|[+-][0-9]{2}(:?[0-9]{2})?)$')
                    then timezone('UTC', try_cast(replace({{ value }}, '/', '-') as timestamptz))
                else try_cast(replace({{ value }}, '/', '-') as timestamp)
            end
        {%- endset %}
    {% endif %}
    {{ return("case when " ~ read ~ " >= timestamp '1900-01-01' and " ~ read ~ " < timestamp '2200-01-01' then " ~ read ~ " end") }}
{% endmacro %}
