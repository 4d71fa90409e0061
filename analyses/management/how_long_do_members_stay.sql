{#-
  13. How long do members stay in our groups?
  13. 群成员能留存多久？
  Each row is a week since joining: the share still in the group, with its 95 % limits. group_log_rank says whether kinds of groups differ.

      dbt show --select how_long_do_members_stay --limit 30
  picture: line x=weeks y=still_there series=group_kind
-#}

with weekly as (
    select
        group_kind,
        cast(floor(lived_days / 7) as bigint) as weeks,
        max(lived_days) as lived_days
    from {{ ref('group_survival') }}
    where life_of = 'member'
    group by group_kind, cast(floor(lived_days / 7) as bigint)
)

select
    weekly.weeks,
    weekly.group_kind,
    round(survival.survival_share, 3) as still_there,
    round(survival.survival_low, 3) as at_least,
    round(survival.survival_high, 3) as at_most,
    survival.at_risk_count as members_seen
from weekly
inner join {{ ref('group_survival') }} as survival on weekly.group_kind = survival.group_kind and weekly.lived_days = survival.lived_days
where survival.life_of = 'member'
order by weekly.weeks, weekly.group_kind
