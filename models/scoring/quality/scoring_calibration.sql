with ranked as (
    select
        *,
        {#- Equal scores never fall into two bins: all take the place of the first of them. #}
        (sum(weight) over up_to_here) - weight as weight_before,
        sum(weight) over (partition by as_of_date, score) as weight_of_all
    from {{ ref('scoring_backtests') }}
    window up_to_here as (partition by as_of_date, score order by predicted nulls last rows between unbounded preceding and current row)
),

binned as (
    select
        *,
        cast(floor(10e0 * weight_before / weight_of_all) as integer) + 1 as bin
    from ranked
)

select
    as_of_date,
    score,
    bin,
    cast(sum(customers_count) as bigint) as customers_count,
    cast(sum(weight) as bigint) as weight,
    {{ exact_sum('predicted * weight') }} / sum(weight) as predicted_mean,
    cast(sum(seen) as double) / sum(weight) as seen_mean,
    {#- A true chance p of each makes a variance of sum p(1-p); the mean distance of a normal variable is sqrt(2/pi) of its spread. #}
    case
        when is_chance then sqrt(2 / pi() * {{ exact_sum('weight * predicted * (1 - predicted)') }}) / sum(weight)
    end as gap_by_chance
from binned
group by as_of_date, score, is_chance, bin
