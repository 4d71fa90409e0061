with lives as (
    select
        life_of,
        lived_days,
        {% for kind in ['general', 'segmented'] -%}
            sum(case when group_kind = '{{ kind }}' then lives_count else 0 end) as {{ kind }}_count,
            sum(case when group_kind = '{{ kind }}' then over_count else 0 end) as {{ kind }}_over_count,
        {% endfor -%}
        sum(over_count) as ended
    from {{ ref('group_lives') }}
    where group_kind in ('general', 'segmented')
    group by life_of, lived_days
),

at_risk as (
    select
        *,
        cast(sum(general_count) over from_here as double) as general_at_risk,
        cast(sum(general_count + segmented_count) over from_here as double) as at_risk
    from lives
    window from_here as (partition by life_of order by lived_days desc nulls last rows between unbounded preceding and current row)
)

select
    life_of,
    {% for column in ['general_count', 'segmented_count', 'general_over_count', 'segmented_over_count'] -%}
        cast(sum({{ column }}) as bigint) as {{ column }},
    {% endfor %}
    {#- Decimals add up to the same in any order; of the last one alone nothing is left to chance. #}
    cast(sum(cast(ended * general_at_risk / at_risk as decimal(38, 18))) as double) as general_expected,
    cast(sum(cast(
        ended * (general_at_risk / at_risk) * (1 - general_at_risk / at_risk) * (at_risk - ended) / greatest(at_risk - 1, 1) as decimal(38, 18)
    )) as double) as variance
from at_risk
group by life_of
