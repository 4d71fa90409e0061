with lives as (
    select
        life_of,
        lived_days,
        sum(case when group_kind = 'general' then lives_count else 0 end) as general_count,
        sum(case when group_kind = 'segmented' then lives_count else 0 end) as segmented_count,
        sum(case when group_kind = 'general' then over_count else 0 end) as general_over_count,
        sum(case when group_kind = 'segmented' then over_count else 0 end) as segmented_over_count
    from {{ ref('group_lives') }}
    where group_kind in ('general', 'segmented')
    group by life_of, lived_days
),

at_risk as (
    select
        *,
        cast(sum(general_count) over from_here as double) as general_at_risk,
        cast(sum(general_count + segmented_count) over from_here as double) as at_risk,
        cast(general_over_count + segmented_over_count as double) as ended
    from lives
    window from_here as (partition by life_of order by lived_days desc nulls last rows between unbounded preceding and current row)
),

terms as (
    select
        *,
        ended * general_at_risk / at_risk as expected_term,
        case
            when at_risk > 1
                then
                    ended * (general_at_risk / at_risk) * (1 - general_at_risk / at_risk) * (at_risk - ended) / (at_risk - 1)
            else 0
        end as variance_term
    from at_risk
)

select
    life_of,
    cast(sum(general_count) as bigint) as general_count,
    cast(sum(segmented_count) as bigint) as segmented_count,
    cast(sum(general_over_count) as bigint) as general_over_count,
    cast(sum(segmented_over_count) as bigint) as segmented_over_count,
    {#- Decimals add up to the same in any order. #}
    cast(sum(cast(expected_term as decimal(38, 18))) as double) as general_expected,
    cast(sum(cast(variance_term as decimal(38, 18))) as double) as variance
from terms
group by life_of
