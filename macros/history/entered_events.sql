{#-
  Body of a CTE after open_history: the events of open customers, and the first as-of date to compute that sees each (enters).
  After a CTE closed of closed_rows, with the days of the longest window: without the events that only the kept row counts, and
  is_closed says of the others whether it counts them.
-#}
{% macro entered_events(events, date_column='event_date', window_days=none) %}
    select
        open_customers.customer_number,
        events.*,
        {% if window_days %}coalesce(events.{{ date_column }} <= closed.as_of_date, false) as is_closed,{% endif %}
        greatest(event_days.enters, open_customers.open_from) as enters
    from {{ events }} as events
    inner join open_customers on events.customer_id = open_customers.customer_id
    inner join {{ ref('int_event_days__entered') }} as event_days on events.{{ date_column }} = event_days.event_date
    {% if window_days -%}
        left join closed on open_customers.customer_number = closed.customer_number
        where
            closed.as_of_date is null
            or events.{{ date_column }} > least(closed.as_of_date, cast(open_customers.open_from - interval {{ window_days }} day as date))
    {%- endif %}
{%- endmacro %}
