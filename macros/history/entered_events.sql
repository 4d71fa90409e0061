{#- Body of a CTE after open_history: the events of open customers, and the first as-of date to compute that sees each (enters). -#}
{% macro entered_events(events) %}
    select
        open_customers.customer_number,
        events.*,
        greatest(event_days.enters, open_customers.open_from) as enters
    from {{ events }} as events
    inner join open_customers on events.customer_id = open_customers.customer_id
    inner join {{ ref('int_event_days__entered') }} as event_days on events.event_date = event_days.event_date
{%- endmacro %}
