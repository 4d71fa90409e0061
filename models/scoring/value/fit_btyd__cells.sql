with grouped as (
    select * from {{ ref('fit_btyd__grouped') }}
),

fits as (
    select * from {{ ref('fit_btyd') }}
)

select
    grouped.as_of_date,
    grouped.repeat_days_count,
    grouped.age_days,
    sum(grouped.customers_count) as customers_count,
    any_value(fits.model) as model_name,
    any_value(fits.r) as r,
    any_value(fits.alpha) as alpha,
    any_value(fits.a) as a,
    any_value(fits.b) as b,
    any_value(fits.drop_out_chance) as drop_out_chance,
    cast({{ var('clv_discount_rate') }} as double) as discount_rate
from grouped
inner join fits on grouped.as_of_date = fits.as_of_date
where fits.status = 'converged'
group by grouped.as_of_date, grouped.repeat_days_count, grouped.age_days
