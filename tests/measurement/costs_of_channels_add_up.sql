{#-
  Costs that no channel bears make every channel look cheaper than it was. All costs delivered up to the newest date stand in
  channel_quality to the cent, also those of channels that brought nobody.
-#}
with raw_costs as (
    select
        coalesce(sum(amount), 0) as cost_amount,
        coalesce(sum(case when cost_kind = 'traffic' then amount end), 0) as traffic_cost_amount
    from {{ ref('stg_costs') }}
    where {{ is_until_newest('cost_date') }}
),

measured as (
    select
        coalesce(sum(cost_amount), 0) as cost_amount,
        coalesce(sum(traffic_cost_amount), 0) as traffic_cost_amount
    from {{ ref('channel_quality') }}
)

select
    raw_costs.cost_amount as expected_amount,
    measured.cost_amount,
    raw_costs.traffic_cost_amount as expected_traffic_amount,
    measured.traffic_cost_amount
from raw_costs
cross join measured
where raw_costs.cost_amount <> measured.cost_amount or raw_costs.traffic_cost_amount <> measured.traffic_cost_amount
