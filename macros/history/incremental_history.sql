{#-
  How history stays exact: a model by as-of date keeps, in each row, the fingerprint of all input up to
  that date. A pre-hook forgets rows whose fingerprint no longer holds (a late event, a new current
  date), the model then appends the dates it lacks. A build that is killed between the two leaves dates
  that are missing, and the next build fills them: no state lives outside the rows themselves.
-#}

{#- Pre-hook: delete the rows of as-of dates that changed or are no longer asked for. -#}
{% macro forget_stale_dates() %}
    {% set fingerprinted = ref('int_as_of_dates__fingerprinted') %}
    {% if is_incremental() %}
        delete from {{ this }}
        where (as_of_date, input_fingerprint) not in (
            select (as_of_date, input_fingerprint) from {{ fingerprinted }}
        )
    {% endif %}
{% endmacro %}

{#- The as-of dates this run has to compute: all on a full build, else those the model lacks. -#}
{% macro dates_to_measure() %}
    select as_of_date, input_fingerprint
    from {{ ref('int_as_of_dates__fingerprinted') }}
    {% if is_incremental() %}
    where as_of_date not in (select as_of_date from {{ this }})
    {% endif %}
{% endmacro %}

{#-
  Difference encoding. For each event date in `event_days` (CTE, column event_date) and the CTE `dates`:
    enters        the first as-of date that sees the event
    leaves_<W>d   the first as-of date that no longer has it in its W-day window (null: none yet)
  An event is in the W-day window of its entry date when leaves_<W>d is null or later than enters.
-#}
{% macro as_of_calendar(windows) %}
    select
        event_days.event_date,
        min(dates.as_of_date) as enters
        {%- for window in windows %},
        min(dates.as_of_date) filter (where dates.as_of_date >= {{ days_after('event_days.event_date', window) }}) as leaves_{{ window }}d
        {%- endfor %}
    from event_days
    inner join dates on event_days.event_date <= dates.as_of_date
    group by event_days.event_date
{% endmacro %}

{% macro days_after(date_column, days) -%}
    cast({{ date_column }} + interval {{ days }} day as date)
{%- endmacro %}

{#- True when an entering event is inside the window at its entry date. -#}
{% macro in_window(window) -%}
    (leaves_{{ window }}d is null or leaves_{{ window }}d > enters)
{%- endmacro %}
