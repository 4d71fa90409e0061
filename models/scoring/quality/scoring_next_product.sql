with evaluated as (
    select * from {{ ref('scoring_next_product__evaluated') }}
),

kinds as (
    select 'habit' as kind
    union all
    select 'novel' as kind
),

latest as (
    select
        dates.as_of_date,
        kinds.kind,
        max(closed.evaluated_on) as evaluated_on
    from {{ ref('int_as_of_dates') }} as dates
    cross join kinds
    left join {{ ref('scoring_next_product__fingerprints') }} as closed on dates.as_of_date >= closed.until_date
    group by dates.as_of_date, kinds.kind
)

select
    latest.as_of_date,
    latest.kind,
    latest.evaluated_on,
    coalesce(evaluated.customers_count, 0) as customers_count,
    evaluated.hit_rate,
    sqrt(evaluated.hit_rate * (1 - evaluated.hit_rate) / nullif(evaluated.customers_count, 0)) as hit_rate_se,
    evaluated.popularity_hit_rate,
    sqrt(evaluated.popularity_hit_rate * (1 - evaluated.popularity_hit_rate) / nullif(evaluated.customers_count, 0)) as popularity_hit_rate_se,
    evaluated.own_frequency_hit_rate,
    evaluated.product_coverage,
    case
        when evaluated.customers_count is null or evaluated.customers_count < 200 then 'not_enough_data'
        when evaluated.hit_rate > evaluated.popularity_hit_rate then 'use'
        else 'use_with_care'
    end as verdict
from latest
left join evaluated on latest.evaluated_on = evaluated.evaluated_on and latest.kind = evaluated.kind
