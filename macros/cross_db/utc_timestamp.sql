{#-
  A raw time as a UTC timestamp without time zone, or null when it cannot be read.
  `value` is what clean_cell gives: a typed time, or text in ISO order. `format` is the column's row of
  stg_column_formats ({} where it has none): it alone says whether a number is an epoch, the serial number of a
  spreadsheet or a date and hour without separators, whether 01/12/2010 is in December, and which names of time
  zones may follow. A time that names no zone is in var raw_timezone.
  Nothing outside 1900 to 2199 is read: it would overflow date arithmetic, and `infinity` is one of them.
  A text cast to TIMESTAMP drops what follows the time (+08:00, PM) without a word in DuckDB, hours off. So offsets go
  through TIMESTAMPTZ, and a text of any other shape is not read at all.
-#}
{% macro utc_timestamp(value, raw_type, format) %}
    {% if raw_type == 'timestamp with time zone' %}
        {{ return(in_calendar(value, utc_of(value))) }}
    {% elif is_time_type(raw_type) %}
        {{ return(in_calendar(value, to_utc("try_cast(" ~ value ~ " as timestamp)"))) }}
    {% endif %}
    {% set iso = try_clock("replace(" ~ value ~ ", '/', '-')") %}
    {% set cases = ["when " ~ matches(value, written_day() ~ '(' ~ written_time() ~ ')?') ~ " then " ~ to_utc(iso),
                    "when " ~ matches(value, written_day() ~ written_time() ~ written_offset()) ~ " then " ~ instant_with_offset(value)] %}
    {% set is_epoch = "when " ~ matches(value, written_number()) ~ " then " %}
    {% do cases.append(is_epoch ~ instant_of_epoch(value)) if format.get('numbers_are') == 'epochs' %}
    {% if format.get('time_zones') %}
        {% set zones = '(' ~ (format.time_zones | join('|')) ~ ')' %}
        {% set zone = "coalesce(nullif(" ~ extracted(value, ' ' ~ zones ~ '$') ~ ", ''), '" ~ var('raw_timezone') ~ "')" %}
        {% do cases.append("else " ~ utc_of_clock(zone, time_without_zone(replaced(value, ' ' ~ zones ~ '$', ''), format))) %}
    {% else %}
        {% do cases.append("else " ~ to_utc(time_without_zone(value, format))) %}
    {% endif %}
    {{ return("case " ~ (cases | join(" ")) ~ " end") }}
{% endmacro %}

{#- A raw date, such as a birthday: as written, whatever its zone. Of an instant (an epoch, a time in Z) the business date. -#}
{% macro written_date(value, raw_type, format) %}
    {% if raw_type == 'timestamp with time zone' %}
        {{ return(in_calendar(value, business_date(utc_of(value)))) }}
    {% elif is_time_type(raw_type) %}
        {{ return(in_calendar(value, "try_cast(" ~ value ~ " as date)")) }}
    {% endif %}
    {% set zoned = replaced(value, '( ?[-+][0-9:]+|[ T]00:00(:00([.]0+)?)?Z| [A-Z][A-Za-z]+/[A-Za-z_/+-]+)$', '') %}
    {% set cases = ["when " ~ matches(value, written_day()) ~ " then try_cast(replace(" ~ value ~ ", '/', '-') as date)",
                    "when " ~ matches(value, written_day() ~ written_time() ~ ' ?Z') ~ " and not " ~ matches(value, '.*[ T]00:00(:00([.]0+)?)?Z')
                    ~ " then " ~ business_date(instant_with_offset(value))] %}
    {% set is_epoch = "when " ~ matches(value, written_number()) ~ " then " %}
    {% do cases.append(is_epoch ~ business_date(instant_of_epoch(value))) if format.get('numbers_are') == 'epochs' %}
    {% do cases.append("when " ~ matches(value, written_day() ~ written_time() ~ written_offset())
        ~ " then try_cast(replace(" ~ extracted(value, '^([-/0-9]+)') ~ ", '/', '-') as date)") %}
    {{ return("case " ~ (cases | join(" ")) ~ " else cast(" ~ time_without_zone(zoned, format) ~ " as date) end") }}
{% endmacro %}

{% macro written_day() %}{{ return('(?:19|2[01])[0-9]{2}[-/][0-9]{1,2}[-/][0-9]{1,2}') }}{% endmacro %}

{% macro written_time() %}{{ return('[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]+)?)?') }}{% endmacro %}

{% macro written_offset() %}{{ return(' ?(?:[zZ]|UTC|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)') }}{% endmacro %}

{% macro written_number() %}{{ return('[0-9]+(?:[.][0-9]*)?(?:[eE][+]?[0-9]{1,2})?') }}{% endmacro %}

{#- A typed time beyond the calendar that can be reckoned with is unreadable. -#}
{% macro in_calendar(value, read) %}
    {{ return("case when " ~ value ~ " >= timestamp '1900-01-01' and " ~ value ~ " < timestamp '2200-01-01' then " ~ read ~ " end") }}
{% endmacro %}

{% macro to_utc(naive) %}
    {{ return(naive if var('raw_timezone') == 'UTC' else utc_of_clock("'" ~ var('raw_timezone') ~ "'", naive)) }}
{% endmacro %}

{#- duckdb 1.5 wants the seconds when there is an offset, and both want no blank before it. -#}
{% macro instant_with_offset(value) %}
    {% set bare = replaced("replace(replace(upper(" ~ value ~ "), '/', '-'), 'UTC', 'Z')", ' ([Z+-])', '\\1') %}
    {{ return(utc_of(try_instant(replaced(bare, '([ T][0-9]{1,2}:[0-9]{2})([Z+-])', '\\1:00\\2')))) }}
{% endmacro %}

{#- Seconds, milliseconds, microseconds or nanoseconds since 1970: no two of them can be taken for each other from 1973 to 2199. -#}
{% macro instant_of_epoch(value) %}
    {% set number = "try_cast(" ~ value ~ " as decimal(38, 6))" %}
    {{ return("case when " ~ number ~ " < 100000000 then null "
        ~ "when " ~ number ~ " < 7258118400 then " ~ utc_of_microseconds("cast(floor(" ~ number ~ " * 1000000) as bigint)") ~ " "
        ~ "when " ~ number ~ " < 7258118400000 then " ~ utc_of_microseconds("cast(floor(" ~ number ~ " * 1000) as bigint)") ~ " "
        ~ "when " ~ number ~ " < 7258118400000000 then " ~ utc_of_microseconds("cast(floor(" ~ number ~ ") as bigint)") ~ " "
        ~ "when " ~ number ~ " < 7258118400000000000 then " ~ utc_of_microseconds("cast(floor(" ~ number ~ " / 1000) as bigint)") ~ " end") }}
{% endmacro %}

{#- A time as the clock on the wall shows it. -#}
{% macro time_without_zone(value, format) %}
    {% set cases = [] %}
    {% if format.get('numbers_are') == 'serials' %}
        {% set seconds = "cast(round(try_cast(" ~ value ~ " as decimal(38, 10)) * 86400) as bigint)" %}
        {% do cases.append("when " ~ matches(value, '[1-9][0-9]{4}([.][0-9]*)?') ~ " then " ~ seconds_later("timestamp '1899-12-30 00:00:00'", seconds)) %}
    {% elif format.get('numbers_are') == 'hours' %}
        {% set hour = '((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})' %}
        {% set written = replaced(value, '^' ~ hour ~ '$', '\\1-\\2-\\3 \\4:00:00') %}
        {% do cases.append("when " ~ matches(value, hour) ~ " then " ~ try_clock(written)) %}
    {% endif %}
    {% set order = {'day_first': '\\3-\\2-\\1', 'month_first': '\\3-\\1-\\2'}.get(format.get('date_order')) %}
    {% if order %}{% set value = replaced(value, '^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]((?:19|2[01])[0-9]{2})', order) %}{% endif %}
    {% set dashed = "replace(" ~ value ~ ", '/', '-')" %}
    {% do cases.append("when " ~ matches(value, written_day() ~ '(' ~ written_time() ~ ')?') ~ " then " ~ try_clock(dashed)) %}
    {#- What is left has AM or PM behind it. -#}
    {% set am_pm = written_day() ~ ' [0-9]{1,2}:[0-9]{2}(:[0-9]{2})? [AP]M' %}
    {% do cases.append("when " ~ matches(value, am_pm) ~ " then " ~ try_clock_of_halves(dashed)) %}
    {{ return("case " ~ (cases | join(" ")) ~ " end") }}
{% endmacro %}
