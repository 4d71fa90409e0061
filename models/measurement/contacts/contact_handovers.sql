with runs as (
    select
        *,
        given_number is not null and ended_at = begun_at as is_momentary
    from {{ ref('contact_runs') }}
),

moments as (
    select
        external_userid,
        ended_at as changed_at,
        1 as given_count,
        0 as begun_count
    from runs
    where given_number is not null
    union all
    select
        external_userid,
        begun_at as changed_at,
        0 as given_count,
        1 as begun_count
    from runs
    where not is_momentary
),

changes as (
    select
        external_userid,
        changed_at,
        sum(given_count) as given_count,
        sum(begun_count) as begun_count
    from moments
    group by external_userid, changed_at
),

balances as (
    select
        *,
        sum(given_count - begun_count) over so_far as balance
    from changes
    window so_far as (partition by external_userid order by changed_at nulls last rows between unbounded preceding and current row)
),

{#- Each contact that begins takes up one that was given away and is waiting, if any is: the queue is never below nobody. #}

queues as (
    select
        *,
        balance - least(min(balance) over so_far, 0) as waiting_count
    from balances
    window so_far as (partition by external_userid order by changed_at nulls last rows between unbounded preceding and current row)
),

steps as (
    select
        external_userid,
        changed_at,
        coalesce(lag(waiting_count) over (partition by external_userid order by changed_at nulls last), 0) + given_count - waiting_count
            as received_count
    from queues
),

ranked as (
    select
        runs.userid,
        runs.external_userid,
        runs.begun_at,
        steps.received_count,
        row_number() over (partition by runs.external_userid, runs.begun_at order by runs.userid nulls last) as place
    from runs
    inner join steps on runs.external_userid = steps.external_userid and runs.begun_at = steps.changed_at
    where not runs.is_momentary
)

select
    userid,
    external_userid,
    begun_at,
    row_number() over (partition by external_userid order by begun_at nulls last, userid nulls last) as received_number
from ranked
where place <= received_count
