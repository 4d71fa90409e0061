with spells as (
    select
        *,
        coalesce(lag(end_kind) over (partition by userid, external_userid order by begun_at nulls last) = 'renewed', false) as goes_on
    from {{ ref('int_contact_spells__dated') }}
),

{#- A spell that was still open when the next one began is the same relation as that one: it is neither lost nor new. #}

numbered as (
    select
        *,
        sum(case when goes_on then 0 else 1 end) over (
            partition by userid, external_userid order by begun_at nulls last rows between unbounded preceding and current row
        ) as run_number
    from spells
),

runs as (
    select
        userid,
        external_userid,
        min(begun_at) as begun_at,
        min(begun_date) as begun_date,
        min_by(channel, begun_at) as channel,
        max(customer_id) as customer_id,
        max(case when end_kind <> 'renewed' then ended_at end) as ended_at,
        max(case when end_kind <> 'renewed' then ended_date end) as ended_date,
        max(case when end_kind <> 'renewed' then end_kind end) as end_kind
    from numbered
    group by userid, external_userid, run_number
),

{#- All contacts under one external_userid are one person's, also where only some of them name a unionid. #}

of_one_person as (
    select
        userid,
        external_userid,
        begun_at,
        begun_date,
        channel,
        max(customer_id) over (partition by external_userid) as customer_id,
        ended_at,
        ended_date,
        end_kind,
        case
            when end_kind = 'transfer'
                then row_number() over (
                    partition by external_userid, end_kind order by ended_at nulls last, userid nulls last, begun_at nulls last
                )
        end as given_number
    from runs
)

select
    userid,
    external_userid,
    begun_at,
    begun_date,
    channel,
    customer_id,
    ended_at,
    ended_date,
    {#- Nobody is handed over so often: without a limit, the way back to their channel would have no end. #}
    case when given_number > 63 then 'unknown' else end_kind end as end_kind,
    case when given_number <= 63 then given_number end as given_number
from of_one_person
