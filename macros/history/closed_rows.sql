{#-
  Body of a CTE after open_history: of each open customer the row that is kept of the as-of date before the first open one. What is
  counted since ever goes on from there, so that of earlier events only those in some window are read. Nobody has one in a first build.
-#}
{% macro closed_rows(counts, dates) %}
    {% set as_of_dates = ref('int_as_of_dates') %}
    select
        open_customers.customer_number,
        {% for column in counts -%}
            {{ 'kept.' ~ column if is_incremental() else 'cast(null as bigint) as ' ~ column }},
        {% endfor -%}
        {% for column in dates + ['as_of_date'] -%}
            {{ 'kept.' ~ column if is_incremental() else 'cast(null as date) as ' ~ column }}{{ ',' if not loop.last }}
        {% endfor -%}
    from open_customers
    {% if is_incremental() -%}
        inner join {{ as_of_dates }} as dates on open_customers.open_from = dates.as_of_date
        inner join {{ this }} as kept on open_customers.customer_id = kept.customer_id and dates.previous_as_of_date = kept.as_of_date
    {%- else -%}
        where false
    {%- endif %}
{%- endmacro %}
