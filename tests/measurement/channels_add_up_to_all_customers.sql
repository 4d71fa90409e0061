{#-
  A channel report that leaves customers or money out, or counts them in two channels, moves the budget to where the gap is not.
  The channels add up to everybody at the newest date, and the channel codes of a channel add up to it.
-#}
with everybody as (
    select
        count(*) as customers_count,
        count(wecom_added_date) as added_count,
        count(case when orders_count > 0 then 1 end) as buyers_count,
        coalesce(sum(net_amount), 0) as net_amount
    from {{ ref('customer_tags') }}
    where is_current
),

levels as (
    select
        grain,
        sum(customers_count) as customers_count,
        sum(added_count) as added_count,
        sum(buyers_count) as buyers_count,
        sum(net_amount) as net_amount
    from {{ ref('channel_quality') }}
    group by grain
),

states as (
    select
        source_channel,
        sum(customers_count) as customers_count,
        sum(kept_30d_count) as kept_30d_count,
        sum(repurchase_90d_of_count) as repurchase_90d_of_count,
        sum(net_amount) as net_amount
    from {{ ref('channel_quality') }}
    where grain = 'state'
    group by source_channel
)

select
    'all customers' as what,
    levels.grain as of_what,
    levels.customers_count,
    everybody.customers_count as expected_count
from levels
cross join everybody
where
    levels.customers_count <> everybody.customers_count
    or levels.added_count <> everybody.added_count
    or levels.buyers_count <> everybody.buyers_count
    or levels.net_amount <> everybody.net_amount
union all
select
    'codes of a channel' as what,
    channels.source_channel as of_what,
    states.customers_count,
    channels.customers_count as expected_count
from {{ ref('channel_quality') }} as channels
left join states on channels.source_channel = states.source_channel
where
    channels.grain = 'channel'
    and (
        channels.customers_count <> coalesce(states.customers_count, 0)
        or channels.kept_30d_count <> coalesce(states.kept_30d_count, 0)
        or channels.repurchase_90d_of_count <> coalesce(states.repurchase_90d_of_count, 0)
        or channels.net_amount <> coalesce(states.net_amount, 0)
    )
