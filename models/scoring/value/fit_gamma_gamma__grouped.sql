with repeat_buyers as (
    select
        as_of_date,
        repeat_days_count,
        repeat_amount,
        {#- Values that differ by less than a thousandth are one group: the fit changes by a millionth, the groups stay few. #}
        cast(floor(1000 * ln(cast(repeat_amount as double) / repeat_days_count)) as integer) as value_step
    from {{ ref('score_histories') }}
    where repeat_days_count > 0 and repeat_amount > 0
)

select
    as_of_date,
    repeat_days_count,
    value_step,
    count(*) as customers_count,
    sum(repeat_amount) as repeat_amount
from repeat_buyers
group by as_of_date, repeat_days_count, value_step
