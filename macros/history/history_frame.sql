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
