{#- Each score of a date beside what came after it, customers of equal score together. A share counts by orders. #}
{%- set scores = backtested_scores() %}

with outcomes as (
    select * from {{ ref('score_outcomes') }}
),

dates as (
    select
        as_of_date,
        max(as_of_date) over () as newest_date
    from {{ ref('int_as_of_dates') }}
),

scored as (
    {%- for score in scores %}
        select
            scores.as_of_date,
            '{{ score.score }}' as score,
            scores.{{ score.score }} as predicted,
            {{ score.weight }} as weight,
            {{ score.seen }} as seen
        from {{ ref(score.model) }} as scores
        inner join dates
            on scores.as_of_date = dates.as_of_date and dates.newest_date >= {{ days_after('dates.as_of_date', score.horizon_days) }}
        left join outcomes
            on
                scores.customer_id = outcomes.customer_id
                and scores.as_of_date = outcomes.as_of_date
                and outcomes.horizon_days = {{ score.horizon_days }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    as_of_date,
    score,
    predicted,
    count(*) as customers_count,
    sum(weight) as weight,
    sum(seen) as seen,
    {#- For the AUC: that it happened at all, to as many as the score speaks for. #}
    sum(least(seen, weight)) as happened
from scored
where predicted is not null and weight > 0
group by as_of_date, score, predicted
