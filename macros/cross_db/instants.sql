{#- An instant (a timestamp with time zone) as the timestamp without one that clocks in UTC show. -#}
{% macro utc_of(instant) %}{{ return(by_engine("timezone('UTC', " ~ instant ~ ")", spark="cast(" ~ instant ~ " as timestamp_ntz)")) }}{% endmacro %}

{#-
  The same of what a clock in some zone (SQL) shows. An hour that it shows twice is the later one, and one that it skips is counted on
  from before. Spark takes the earlier one; an hour added and taken away tells which it is.
-#}
{% macro utc_of_clock(zone, time) %}
    {% set utc = "convert_timezone(" ~ zone ~ ", 'UTC', " %}
    {{ return(by_engine(
        "timezone('UTC', timezone(" ~ zone ~ ", " ~ time ~ "))",
        spark="greatest(" ~ utc ~ time ~ "), " ~ utc ~ time ~ " + interval 1 hour) - interval 1 hour)"
    )) }}
{% endmacro %}

{#- What a clock shows out of a text in ISO order, null when it is no time. -#}
{% macro try_clock(text) %}{{ return(with_midnight(text, 'timestamp', 'timestamp')) }}{% endmacro %}

{#- An instant out of a text that names its offset, null for another text. -#}
{% macro try_instant(text) %}{{ return(with_midnight(text, 'timestamptz', 'timestamp_ltz')) }}{% endmacro %}

{#- 24:00 is the midnight that follows; Spark does not read it. -#}
{% macro with_midnight(text, type, spark_type) %}
    {% set shown = "try_cast(" ~ text ~ " as " ~ spark_type ~ ")" %}
    {% set midnight = "try_cast(regexp_replace(" ~ text ~ ", '([ T])24:00', '$100:00') as " ~ spark_type ~ ") + interval 1 day" %}
    {{ return(by_engine(
        "try_cast(" ~ text ~ " as " ~ type ~ ")",
        spark="case when " ~ matches(text, '.*[ T]24:00(:00([.]0+)?)?([zZ+-].*)?') ~ " then " ~ midnight ~ " else " ~ shown ~ " end"
    )) }}
{% endmacro %}

{% macro utc_of_microseconds(number) %}
    {{ return(by_engine("make_timestamp(" ~ number ~ ")", spark="cast(timestamp_micros(" ~ number ~ ") as timestamp_ntz)")) }}
{% endmacro %}

{% macro seconds_later(time, seconds) %}
    {{ return(by_engine(time ~ " + to_seconds(" ~ seconds ~ ")", spark=time ~ " + make_dt_interval(0, 0, 0, " ~ seconds ~ ")")) }}
{% endmacro %}

{#- A text such as 2025-6-5 9:30 PM, seconds or none. -#}
{% macro try_clock_of_halves(text) %}
    {{ return(by_engine(
        "try_strptime(" ~ text ~ ", ['%Y-%m-%d %I:%M:%S %p', '%Y-%m-%d %I:%M %p'])",
        spark="coalesce(try_to_timestamp(" ~ text ~ ", 'y-M-d h:m:s a'), try_to_timestamp(" ~ text ~ ", 'y-M-d h:m a'))"
    )) }}
{% endmacro %}
