{#-
  CTEs of a model by customer and as-of date, given the events (a CTE or a relation) and the column of their date:
    open_customers   the customers with a row to compute, and the first as-of date that lacks one (open_from)
    spine            their as-of dates from open_from and from their first event on
  customer_number stands for customer_id within one query: grouping and sorting by a number takes half the time.
-#}
{% macro open_history(events, date_column='event_date', in_parts=false) %}
wanted as (
    select spine.customer_id, spine.as_of_date, spine.input_fingerprint
    from {{ ref('int_customers__spine') }} as spine
    inner join (
        select customer_id, min({{ date_column }}) as first_date
        from {{ events }}
        group by customer_id
    ) as firsts on spine.customer_id = firsts.customer_id and firsts.first_date <= spine.as_of_date
    {{ 'where ' ~ is_in_part(customer_bucket('spine.customer_id')) if in_parts }}
),

open_customers as (
    select customer_id, min(as_of_date) as open_from, cast(row_number() over (order by customer_id nulls last) as integer) as customer_number
    from wanted
    where {{ is_lacking('wanted') }}
    group by customer_id
),

spine as (
    select open_customers.customer_number, wanted.*
    from wanted
    inner join open_customers on wanted.customer_id = open_customers.customer_id and open_customers.open_from <= wanted.as_of_date
)
{%- endmacro %}
