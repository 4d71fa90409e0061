{#-
  A fingerprint that misses an event keeps a row that is wrong; one that changes without an event, or knows of later ones, has
  all of history computed again every day.
#}
{%- set dates = tested_dates(ref('int_customers__spine')) %}

with dates as (
    select
        as_of_date,
        previous_as_of_date
    from {{ ref('int_as_of_dates') }}
    where not is_current{% if dates %} and as_of_date in {{ dates }}{% endif %}
),

spine as (
    select
        customer_id,
        as_of_date,
        input_fingerprint
    from {{ ref('int_customers__spine') }}
),

entered as (
    select distinct
        customer_days.customer_id,
        dates.as_of_date
    from {{ ref('int_customer_days') }} as customer_days
    inner join dates
        on customer_days.activity_date > dates.previous_as_of_date and customer_days.activity_date <= dates.as_of_date
)

select
    spine.customer_id,
    spine.as_of_date,
    entered.customer_id is not null as has_entered,
    spine.input_fingerprint <> before.input_fingerprint as has_changed
from dates
inner join spine on dates.as_of_date = spine.as_of_date
inner join spine as before on dates.previous_as_of_date = before.as_of_date and spine.customer_id = before.customer_id
left join entered on spine.customer_id = entered.customer_id and spine.as_of_date = entered.as_of_date
where (spine.input_fingerprint <> before.input_fingerprint) <> (entered.customer_id is not null)
