{#-
  A raw time as a UTC timestamp without time zone, or null. Text may be ISO (- or /), ISO with Z, UTC or an
  offset, or epoch seconds or milliseconds (WeCom's create_time). Values outside 1900 to 2199 are null:
  they would overflow date arithmetic, and `infinity` is one of them.
  A text cast to TIMESTAMP drops what follows the time (+08:00, PM, Asia/Shanghai) without a word in DuckDB,
  hours off. So offsets go through TIMESTAMPTZ, and a text of any other shape is not read at all.
-#}
{% macro utc_timestamp(value, raw_type) %}{{ return(adapter.dispatch('utc_timestamp')(value, raw_type)) }}{% endmacro %}

{% macro default__utc_timestamp(value, raw_type) %}
    {% if raw_type == 'timestamp with time zone' %}
        {% set read = "timezone('UTC', " ~ value ~ ")" %}
    {% elif raw_type != 'text' %}
        {% set read = "try_cast(" ~ value ~ " as timestamp)" %}
    {% else %}
        {% set day = '[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}' %}
        {% set time = '[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?' %}
        {% set zone = ' ?([zZ]|UTC|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)' %}
        {% set read -%}
            case
                when length({{ value }}) in (10, 13) and regexp_full_match({{ value }}, '[0-9]+')
                    then make_timestamp(cast({{ value }} as bigint) * case when length({{ value }}) = 10 then 1000000 else 1000 end)
                when regexp_full_match({{ value }}, '{{ day }}({{ time }})?')
                    then try_cast(replace({{ value }}, '/', '-') as timestamp)
                when regexp_full_match({{ value }}, '{{ day }}{{ time }}{{ zone }}')
                    {#- duckdb 1.5 wants the seconds when there is an offset. #}
                    then timezone('UTC', try_cast(regexp_replace(
                        regexp_replace(replace(replace(upper({{ value }}), '/', '-'), 'UTC', 'Z'), ' ([Z+-])', '\1'),
                        '([ T][0-9]{1,2}:[0-9]{2})([Z+-])', '\1:00\2'
                    ) as timestamptz))
            end
        {%- endset %}
    {% endif %}
    {{ return("case when " ~ read ~ " >= timestamp '1900-01-01' and " ~ read ~ " < timestamp '2200-01-01' then " ~ read ~ " end") }}
{% endmacro %}
