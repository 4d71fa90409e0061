with flows as (
    select * from {{ ref('contact_flows') }}
    where customer_id is not null and flow_kind not in ('transfer_in', 'transfer_out')
),

changes as (
    select
        channel_level,
        channel,
        customer_id,
        flow_date,
        sum(case when flow_kind = 'new_in' then 1 else -1 end) as held_change
    from flows
    group by channel_level, channel, customer_id, flow_date
),

held as (
    select
        *,
        sum(held_change) over (
            partition by channel_level, channel, customer_id order by flow_date nulls last rows between unbounded preceding and current row
        ) as held_after
    from changes
)

select
    channel_level,
    channel,
    flow_date,
    count(case when held_after > 0 and held_after = held_change then 1 end) as new_people_count,
    count(case when held_after = 0 and held_change < 0 then 1 end) as lost_people_count
from held
group by channel_level, channel, flow_date
