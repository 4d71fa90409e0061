with lives as (
    select * from {{ ref('group_lives') }}
),

at_risk as (
    select
        *,
        cast(
            sum(lives_count) over (
                partition by life_of, group_kind order by lived_days desc nulls last rows between unbounded preceding and current row
            ) as bigint
        ) as at_risk_count
    from lives
),

{#-
  The product of the shares that stay, as a sum of logarithms: in decimals, which add up to the same in any order, with 30 places,
  since the sum of Greenwood is below 1 and its terms may be tiny. Where nobody stays there is no logarithm: survival is 0 from then on. Engines differ in
  the last bits of exp and ln, which are rounded away.
#}

terms as (
    select
        *,
        case
            when over_count < at_risk_count
                then cast(ln(cast(at_risk_count - over_count as double) / cast(at_risk_count as double)) as decimal(38, 30))
        end as log_term,
        case
            when over_count < at_risk_count
                then cast(
                    cast(over_count as double) / (cast(at_risk_count as double) * cast(at_risk_count - over_count as double)) as decimal(38, 30)
                )
        end as greenwood_term
    from at_risk
),

summed as (
    select
        *,
        cast(sum(log_term) over so_far as double) as log_survival,
        cast(sum(greenwood_term) over so_far as double) as greenwood
    from terms
    window so_far as (
        partition by life_of, group_kind order by lived_days nulls last rows between unbounded preceding and current row
    )
),

estimated as (
    select
        *,
        case when over_count = at_risk_count then cast(0 as double) else exp(log_survival) end as survival_share,
        case when over_count < at_risk_count then exp(log_survival) * sqrt(greenwood) end as standard_error
    from summed
)

select
    life_of,
    group_kind,
    lived_days,
    at_risk_count,
    over_count,
    lives_count - over_count as censored_count,
    round(survival_share, 12) as survival_share,
    round(standard_error, 12) as standard_error,
    case when standard_error is not null then greatest(round(survival_share - 1.959963984540054 * standard_error, 12), 0) end as survival_low,
    case when standard_error is not null then least(round(survival_share + 1.959963984540054 * standard_error, 12), 1) end as survival_high
from estimated
