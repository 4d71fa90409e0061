with measured as (
    select * from {{ ref('scoring_next_product__measured') }}
),

kinds as (
    select 'habit' as kind
    union all
    select 'novel' as kind
),

judged as (
    select
        dates.as_of_date,
        kinds.kind,
        max(evaluated.evaluated_on) as evaluated_on
    from {{ ref('int_as_of_dates') }} as dates
    cross join kinds
    left join {{ ref('score_products__evaluated') }} as evaluated on dates.as_of_date >= evaluated.until_date
    group by dates.as_of_date, kinds.kind
)

select
    judged.as_of_date,
    judged.kind,
    judged.evaluated_on,
    coalesce(measured.customers_count, 0) as customers_count,
    measured.hit_rate,
    sqrt(measured.hit_rate * (1 - measured.hit_rate) / measured.customers_count) as hit_rate_se,
    measured.popularity_hit_rate,
    sqrt(measured.popularity_hit_rate * (1 - measured.popularity_hit_rate) / measured.customers_count) as popularity_hit_rate_se,
    measured.own_frequency_hit_rate,
    measured.product_coverage,
    case
        when measured.customers_count is null or measured.customers_count < 200 then 'not_enough_data'
        when measured.hit_rate > measured.popularity_hit_rate then 'use'
        else 'use_with_care'
    end as verdict
from judged
left join measured on judged.evaluated_on = measured.evaluated_on and judged.kind = measured.kind
