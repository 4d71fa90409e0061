with flows as (
    select
        channel_level,
        channel,
        flow_date,
        count(case when flow_kind = 'new_in' then 1 end) as new_count,
        count(case when flow_kind = 'by_customer_out' then 1 end) as lost_by_customer_count,
        count(case when flow_kind = 'by_staff_out' then 1 end) as lost_by_staff_count,
        count(case when flow_kind = 'unknown_out' then 1 end) as lost_unknown_count,
        count(case when flow_kind = 'transfer_in' then 1 end) as transferred_in_count,
        count(case when flow_kind = 'transfer_out' then 1 end) as transferred_out_count
    from {{ ref('contact_flows') }}
    group by channel_level, channel, flow_date
),

channels as (
    select
        channel_level,
        channel,
        min(flow_date) as first_date
    from flows
    group by channel_level, channel
),

days as (
    select
        calendar.measured_date,
        channels.channel_level,
        channels.channel,
        coalesce(flows.new_count, 0) as new_count,
        coalesce(flows.lost_by_customer_count, 0) as lost_by_customer_count,
        coalesce(flows.lost_by_staff_count, 0) as lost_by_staff_count,
        coalesce(flows.lost_unknown_count, 0) as lost_unknown_count,
        coalesce(flows.transferred_in_count, 0) as transferred_in_count,
        coalesce(flows.transferred_out_count, 0) as transferred_out_count,
        coalesce(people.new_people_count, 0) as new_people_count,
        coalesce(people.lost_people_count, 0) as lost_people_count
    from {{ ref('daily_calendar') }} as calendar
    inner join channels on calendar.measured_date >= channels.first_date
    left join flows
        on
            calendar.measured_date = flows.flow_date
            and channels.channel_level = flows.channel_level
            and channels.channel = flows.channel
    left join {{ ref('contact_people') }} as people
        on
            calendar.measured_date = people.flow_date
            and channels.channel_level = people.channel_level
            and channels.channel = people.channel
),

lost as (
    select
        *,
        lost_by_customer_count + lost_by_staff_count + lost_unknown_count as lost_count
    from days
)

select
    measured_date,
    channel_level,
    channel,
    cast(sum(new_count - lost_count) over so_far as bigint) as total_count,
    cast(sum(transferred_out_count - transferred_in_count) over so_far as bigint) as awaiting_transfer_count,
    new_count,
    lost_count,
    lost_by_customer_count,
    lost_by_staff_count,
    lost_unknown_count,
    new_count - lost_count as net_count,
    transferred_in_count,
    transferred_out_count,
    cast(sum(new_people_count - lost_people_count) over so_far as bigint) as people_count,
    new_people_count,
    lost_people_count
from lost
window so_far as (
    partition by channel_level, channel order by measured_date nulls last rows between unbounded preceding and current row
)
