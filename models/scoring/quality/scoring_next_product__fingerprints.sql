{%- set horizon_days = 30 %}

with dates as (
    select distinct
        evaluated_on,
        {{ days_after('evaluated_on', horizon_days) }} as until_date
    from {{ ref('score_products__dates') }}
    where evaluated_on is not null
),

spans as (
    select * from {{ ref('score_products__purchase_spans') }}
),

outcomes as (
    select
        dates.evaluated_on,
        sum(spans.purchases_hash) as outcome_hash
    from dates
    inner join spans
        on
            dates.evaluated_on < spans.ordered_date
            and dates.until_date >= spans.ordered_date
            and dates.until_date < spans.undone_date
    group by dates.evaluated_on
)

select
    dates.evaluated_on,
    dates.until_date,
    concat_ws(
        '|',
        coalesce(choices.input_fingerprint, 'nothing'),
        coalesce(cast(outcomes.outcome_hash as {{ dbt.type_string() }}), 'nothing')
    ) as input_fingerprint
from dates
left join {{ ref('score_products__fingerprints') }} as choices on dates.evaluated_on = choices.as_of_date
left join outcomes on dates.evaluated_on = outcomes.evaluated_on
