with outcomes as (
    select * from {{ ref('class_outcomes') }}
),

neighbours as (
    select * from {{ ref('class_neighbours') }}
)

select
    neighbours.scheme_code,
    neighbours.segment_code,
    neighbours.neighbour_segment_code,
    own.customers_count,
    own.buyers_count,
    own.net_sum,
    own.net_net_sum,
    other.customers_count as neighbour_customers_count,
    other.buyers_count as neighbour_buyers_count,
    other.net_sum as neighbour_net_sum,
    other.net_net_sum as neighbour_net_net_sum
from neighbours
inner join outcomes as own on neighbours.scheme_code = own.scheme_code and neighbours.segment_code = own.segment_code
inner join outcomes as other on neighbours.scheme_code = other.scheme_code and neighbours.neighbour_segment_code = other.segment_code
