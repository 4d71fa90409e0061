{#-
  Every as-of date (CTE `dates`) from a customer's first one on; a replayed row stands for its own date only.
  `changes` is a CTE with customer_id, replay_date, as_of_date.
-#}
{% macro history_frame(changes) %}
    select
        firsts.customer_id,
        firsts.replay_date,
        dates.as_of_date,
        dates.input_fingerprint
    from (
        select customer_id, replay_date, min(as_of_date) as first_as_of_date
        from {{ changes }}
        group by customer_id, replay_date
    ) as firsts
    inner join dates
        on firsts.first_as_of_date <= dates.as_of_date
        and (firsts.replay_date = date '1900-01-01' or firsts.replay_date = dates.as_of_date)
{% endmacro %}

{#- The last step: rows of the main run give way to the replay of their date; `measured` is a CTE with the three keys. -#}
{% macro history_rows(measured) %}
select *
from {{ measured }}
where
    replay_date <> date '1900-01-01'
    or (customer_id, as_of_date) not in (select (customer_id, as_of_date) from replayed_dates)
{% endmacro %}
