{#-
  CTEs of a model that measures purchases, given a CTE `orders` (customer_id, event_date of every valid order):
    open_customers, spine   see open_history
    purchases   int_purchases__placed of open customers; counts_from is the first as-of date to compute that sees it
    frame       the rows to compute: every one in the main run (replay_date 1900-01-01), and the replayed ones once more
-#}
{% macro purchase_history(orders) %}
{{ open_history(orders) }},

purchases as (
    select
        open_customers.customer_number,
        placed.*,
        greatest(placed.enters, open_customers.open_from) as counts_from
    from {{ ref('int_purchases__placed') }} as placed
    inner join open_customers on placed.customer_id = open_customers.customer_id
    where placed.replay_date = date '1900-01-01' or open_customers.open_from <= placed.replay_date
),

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

{#- The last step: rows of the main run give way to the replay of their date. -#}
{% macro purchase_history_rows(measured) %}
select {{ measured }}.*
from {{ measured }}
left join replays on {{ measured }}.customer_id = replays.customer_id and {{ measured }}.as_of_date = replays.as_of_date
where
    (replays.customer_id is null or {{ measured }}.replay_date <> date '1900-01-01')
    and {{ is_lacking(measured) }}
{%- endmacro %}
