with newest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

lives as (
    select
        'group' as life_of,
        group_kind,
        created_date as begun_date,
        dismissed_date as ended_date,
        dismissed_date is not null as is_over
    from {{ ref('int_group_chats__dated') }}
    union all
    {#- A member who was in the group to its end did not quit: how long they would have stayed is not known. #}
    select
        'member' as life_of,
        group_kind,
        joined_date as begun_date,
        ended_date,
        coalesce(end_kind <> 'dismissed', false) as is_over
    from {{ ref('group_memberships') }}
),

timed as (
    select
        lives.life_of,
        lives.group_kind,
        {{ dbt.datediff('lives.begun_date', 'coalesce(lives.ended_date, newest.as_of_date)', 'day') }} as lived_days,
        case when lives.is_over then 1 else 0 end as over_count
    from lives
    cross join newest
),

counted as (
    select
        life_of,
        group_kind,
        lived_days,
        count(*) as lives_count,
        sum(over_count) as over_count
    from timed
    group by life_of, group_kind, lived_days
)

select
    life_of,
    group_kind,
    cast(lived_days as bigint) as lived_days,
    cast(lives_count as bigint) as lives_count,
    cast(over_count as bigint) as over_count
from counted
union all
select
    life_of,
    'all' as group_kind,
    cast(lived_days as bigint) as lived_days,
    cast(sum(lives_count) as bigint) as lives_count,
    cast(sum(over_count) as bigint) as over_count
from counted
group by life_of, lived_days
