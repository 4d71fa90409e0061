{%- set rates = ['kept_1d', 'kept_7d', 'kept_30d', 'first_order_30d', 'repurchase_90d'] -%}

with newest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

channels as (
    select * from {{ ref('channel_sums') }}
),

costs as (
    select
        channel as source_channel,
        'channel' as grain,
        sum(amount) as cost_amount,
        sum(case when cost_kind = 'traffic' then amount end) as traffic_cost_amount
    from {{ ref('int_costs__dated') }}
    group by channel
),

{#- What was spent on a channel that brought nobody stays a row, so that all costs add up. #}

joined as (
    select
        coalesce(channels.grain, costs.grain) as grain,
        coalesce(channels.source_channel, costs.source_channel) as source_channel,
        channels.channel_state,
        {% for count in ['customers', 'added', 'buyers'] -%}
            coalesce(channels.{{ count }}_count, 0) as {{ count }}_count,
        {% endfor -%}
        {% for rate in rates -%}
            coalesce(channels.{{ rate }}_of_count, 0) as {{ rate }}_of_count,
            coalesce(channels.{{ rate }}_count, 0) as {{ rate }}_count,
        {% endfor -%}
        channels.median_days_to_first_order,
        coalesce(channels.net_amount, 0) as net_amount,
        channels.clv_amount,
        costs.cost_amount,
        costs.traffic_cost_amount
    from channels
    full outer join costs on channels.source_channel = costs.source_channel and channels.grain = costs.grain
)

select
    newest.as_of_date,
    joined.grain,
    joined.source_channel,
    joined.channel_state,
    joined.customers_count,
    joined.added_count,
    {% for rate in rates -%}
        joined.{{ rate }}_of_count,
        joined.{{ rate }}_count,
        {{ share('joined.' ~ rate ~ '_count', 'joined.' ~ rate ~ '_of_count') }} as {{ rate }}_share,
        {{ wilson_bound('joined.' ~ rate ~ '_count', 'joined.' ~ rate ~ '_of_count', '-') }} as {{ rate }}_share_low,
        {{ wilson_bound('joined.' ~ rate ~ '_count', 'joined.' ~ rate ~ '_of_count', '+') }} as {{ rate }}_share_high,
    {% endfor -%}
    joined.median_days_to_first_order,
    joined.buyers_count,
    cast(joined.net_amount as decimal(18, 4)) as net_amount,
    cast(joined.clv_amount as decimal(18, 4)) as clv_amount,
    cast(joined.cost_amount as decimal(18, 4)) as cost_amount,
    cast(joined.traffic_cost_amount as decimal(18, 4)) as traffic_cost_amount,
    {{ rounded_amount(share('joined.traffic_cost_amount', 'joined.buyers_count')) }} as cost_per_acquisition,
    {{ rounded_amount(share('joined.net_amount + joined.clv_amount', 'joined.buyers_count')) }} as ltv,
    {{ share('joined.net_amount + joined.clv_amount', 'joined.traffic_cost_amount') }} as ltv_to_cac
from joined
cross join newest
