{#-
  CTEs of a model that measures int_purchases__placed, after open_history:
    replays   the dates of open customers that are replayed
    frame     the rows to compute: every one in the main run (replay_date 1900-01-01), and the replayed ones once more
-#}
{% macro replayed_frame() %}
replays as (
    select distinct open_customers.customer_number, open_customers.customer_id, placed.replay_date as as_of_date
    from {{ ref('int_purchases__placed') }} as placed
    inner join open_customers on placed.customer_id = open_customers.customer_id and open_customers.open_from <= placed.replay_date
    where placed.replay_date <> date '1900-01-01'
),

frame as (
    select spine.*, date '1900-01-01' as replay_date
    from spine
    union all
    select spine.*, spine.as_of_date as replay_date
    from spine
    inner join replays on spine.customer_number = replays.customer_number and spine.as_of_date = replays.as_of_date
)
{%- endmacro %}
