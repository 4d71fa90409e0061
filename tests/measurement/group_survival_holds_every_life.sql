{{ config(group='measurement') }}
{#-
  Every group and membership is in the curve of its kind and in that of all, over or not, and who is at risk is who has not gone before.
  Otherwise lives are left out, and the curve is of the others.
#}
with lives as (
    select
        'group' as life_of,
        count(*) as lives_count,
        count(dismissed_date) as over_count
    from {{ ref('int_group_chats__dated') }}
    union all
    select
        'member' as life_of,
        count(*) as lives_count,
        count(case when end_kind <> 'dismissed' then 1 end) as over_count
    from {{ ref('group_memberships') }}
),

curves as (
    select
        life_of,
        case when group_kind = 'all' then 'all' else 'kinds' end as curve_of,
        sum(over_count + censored_count) as lives_count,
        sum(over_count) as over_count
    from {{ ref('group_survival') }}
    group by life_of, case when group_kind = 'all' then 'all' else 'kinds' end
)

select
    lives.life_of,
    curves.curve_of
from lives
left join curves on lives.life_of = curves.life_of
where
    lives.lives_count > 0
    and (curves.lives_count is distinct from lives.lives_count or curves.over_count is distinct from lives.over_count)
union all
select
    life_of,
    group_kind as curve_of
from (
    select
        *,
        lag(at_risk_count - over_count - censored_count) over (partition by life_of, group_kind order by lived_days nulls last) as left_before
    from {{ ref('group_survival') }}
) as steps
where at_risk_count <> coalesce(left_before, at_risk_count)
