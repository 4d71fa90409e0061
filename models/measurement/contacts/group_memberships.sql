with members as (
    select
        *,
        coalesce(lag(end_kind) over (partition by chat_id, member_id order by joined_at nulls last) = 'rejoined', false) as goes_on
    from {{ ref('int_group_members__dated') }}
    where is_external
),

{#- Who joins again without having quit was in the group throughout. #}

numbered as (
    select
        *,
        sum(case when goes_on then 0 else 1 end) over (
            partition by chat_id, member_id order by joined_at nulls last rows between unbounded preceding and current row
        ) as run_number
    from members
)

select
    numbered.chat_id,
    numbered.member_id,
    min(numbered.joined_at) as joined_at,
    chats.group_kind,
    max(numbered.customer_id) as customer_id,
    min(numbered.joined_date) as joined_date,
    min_by(numbered.join_scene, numbered.joined_at) as join_scene,
    max(case when numbered.end_kind <> 'rejoined' then numbered.ended_date end) as ended_date,
    max(case when numbered.end_kind <> 'rejoined' then numbered.end_kind end) as end_kind
from numbered
inner join {{ ref('int_group_chats__dated') }} as chats on numbered.chat_id = chats.chat_id
group by numbered.chat_id, numbered.member_id, numbered.run_number, chats.group_kind
