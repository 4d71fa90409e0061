{#-
  How history stays exact: int_customers__dated gives each customer and as-of date a fingerprint of all that
  happened to them up to then, and a model by customer and as-of date keeps it in each row. A pre-hook
  forgets rows whose fingerprint no longer holds (a late event, an identity merged, a new current date), and
  the model appends the rows it lacks. A build that is killed between the two leaves rows that are missing,
  and the next build fills them: no state lives outside the rows themselves.
  Whether a row exists, and what it says, may depend only on what the fingerprint covers.
-#}

{#- Pre-hook: delete the rows that no longer hold or are no longer asked for. -#}
{% macro forget_stale_rows() %}
    {% set dated = ref('int_customers__dated') %}
    {% if is_incremental() %}
        delete from {{ this }}
        where not exists (
            select 1
            from {{ dated }} as dated
            where dated.customer_id = {{ this.identifier }}.customer_id
                and dated.as_of_date = {{ this.identifier }}.as_of_date
                and dated.input_fingerprint = {{ this.identifier }}.input_fingerprint
        )
    {% endif %}
{% endmacro %}

{#-
  Pre-hook of a model whose rows also carry scores: a score of a closed date changes with everybody's data, one late order
  is enough, and the fingerprint of one customer does not see that. So rows whose scores are no longer these are forgotten.
-#}
{% macro forget_changed_scores(scores, columns) %}
    {% if is_incremental() %}
        delete from {{ this }}
        where exists (
            select 1
            from {{ scores }} as scores
            where scores.customer_id = {{ this.identifier }}.customer_id
                and scores.as_of_date = {{ this.identifier }}.as_of_date
                and (
                    {% for column in columns -%}
                    scores.{{ column }} is distinct from {{ this.identifier }}.{{ column }}{{ ' or ' if not loop.last }}
                    {%- endfor %}
                )
        )
    {% endif %}
{% endmacro %}

{#- Condition: the row of `rows` is not kept from an earlier run. -#}
{% macro is_lacking(rows) -%}
    {% if is_incremental() -%}
        not exists (
            select 1
            from {{ this }} as kept
            where kept.customer_id = {{ rows }}.customer_id and kept.as_of_date = {{ rows }}.as_of_date
        )
    {%- else -%}
        true
    {%- endif %}
{%- endmacro %}

{#-
  CTEs for history, given a CTE `events` (customer_id, event_date, ...) and, when the model dates other things
  too, a CTE `more_days` (event_date):
    open_customers   customers with a row to compute, and the first as-of date that lacks one (open_from)
    spine            customer and as-of date from open_from and from their first event on
    calendar         for each event date and open_from: enters, the first as-of date from open_from on that sees it
    entered          the events of open customers with enters
    window_dates     with `longest_window`: for each event date the as-of dates whose window of so many days it
                     is in, and days_before. An event is in few of them, however long the history is.
  customer_number stands for customer_id within one query: grouping and sorting by a number takes half the time.
-#}
{% macro open_history(events, longest_window=none, more_days=none) %}
dated as (
    select customer_id, as_of_date, input_fingerprint
    from {{ ref('int_customers__dated') }}
),

wanted as (
    select dated.customer_id, dated.as_of_date, dated.input_fingerprint
    from dated
    inner join (
        select customer_id, min(event_date) as first_date
        from {{ events }}
        group by customer_id
    ) as firsts on dated.customer_id = firsts.customer_id and firsts.first_date <= dated.as_of_date
),

open_customers as (
    select customer_id, min(as_of_date) as open_from, cast(row_number() over (order by customer_id) as integer) as customer_number
    from wanted
    where {{ is_lacking('wanted') }}
    group by customer_id
),

spine as (
    select open_customers.customer_number, wanted.*
    from wanted
    inner join open_customers on wanted.customer_id = open_customers.customer_id and open_customers.open_from <= wanted.as_of_date
),

event_days as (
    select event_date from {{ events }}
    {% if more_days %}union select event_date from {{ more_days }}{% else %}group by event_date{% endif %}
),

dates as (
    select distinct as_of_date from dated
),

calendar as (
    select event_days.event_date, opens.open_from, min(dates.as_of_date) as enters
    from event_days
    cross join (select distinct open_from from open_customers) as opens
    inner join dates on event_days.event_date <= dates.as_of_date and opens.open_from <= dates.as_of_date
    group by event_days.event_date, opens.open_from
),
{%- if longest_window %}

window_dates as (
    select event_days.event_date, dates.as_of_date, {{ dbt.datediff('event_days.event_date', 'dates.as_of_date', 'day') }} as days_before
    from event_days
    inner join dates
        on event_days.event_date <= dates.as_of_date
        and dates.as_of_date < {{ days_after('event_days.event_date', longest_window) }}
),
{%- endif %}

entered as (
    select open_customers.customer_number, events.*, calendar.enters
    from {{ events }} as events
    inner join open_customers on events.customer_id = open_customers.customer_id
    inner join calendar on events.event_date = calendar.event_date and open_customers.open_from = calendar.open_from
)
{% endmacro %}

{#- Sums of a CTE joined with window_dates: {days: [measures]} as columns <measure>_<days>d. -#}
{% macro windowed_sums(windowed) %}
    {%- for window, measures in windowed.items() %}
        {%- for measure in measures %}
        sum({{ measure }}) filter (where window_dates.days_before < {{ window }}) as {{ measure }}_{{ window }}d{{ ',' if not loop.last }}
        {%- endfor %}{{ ',' if not loop.last }}
    {%- endfor %}
{% endmacro %}
