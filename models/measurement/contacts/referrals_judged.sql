with referrals as (
    select
        *,
        case when inviter_kind = 'unknown' then 'unknown_inviter' when inviter_kind = 'customer' and inviter_id = customer_id then 'self' end
            as fault
    from {{ ref('int_referrals__dated') }}
),

{#- Everybody is brought once, by who invited them first: nobody's purchases count for two inviters. #}

ranked as (
    select
        *,
        row_number() over (
            partition by customer_id, case when fault is null then 1 else 0 end
            order by
                referred_date nulls last, case referral_source when 'registration' then 0 else 1 end,
                inviter_kind nulls last, inviter_id nulls last, source_id nulls last
        ) as place
    from referrals
),

first_ones as (
    select * from ranked
    where fault is null and place = 1
),

{#- Of two who name each other the one who was there first cannot have been brought by the other. Longer circles count each once. #}

mutual as (
    select later.customer_id
    from first_ones as later
    inner join first_ones as earlier on later.inviter_id = earlier.customer_id and later.customer_id = earlier.inviter_id
    where
        later.inviter_kind = 'customer' and earlier.inviter_kind = 'customer'
        and (
            later.referred_date > earlier.referred_date
            or later.referred_date = earlier.referred_date and later.customer_id > earlier.customer_id
        )
)

select
    ranked.referral_source,
    ranked.source_id,
    ranked.referred_date,
    ranked.customer_id,
    ranked.inviter_kind,
    ranked.inviter_id,
    case
        when ranked.fault is not null then ranked.fault
        when ranked.place > 1 then 'repeated'
        when mutual.customer_id is not null then 'mutual'
        else 'counted'
    end as verdict
from ranked
left join mutual on ranked.customer_id = mutual.customer_id
