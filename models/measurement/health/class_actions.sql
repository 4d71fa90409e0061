with neighbours as (
    select * from {{ ref('class_neighbours') }}
),

{#- What staff would do and the customer would notice; which objective it is written down under makes no difference to either. #}

actions as (
    select distinct
        scheme_code,
        segment_code,
        action_en,
        offer,
        touchpoint,
        cadence_days,
        anchor,
        day_offset
    from {{ ref('action_playbook') }}
),

counted as (
    select
        scheme_code,
        segment_code,
        count(*) as actions_count
    from actions
    group by scheme_code, segment_code
),

shared as (
    select
        neighbours.scheme_code,
        neighbours.segment_code,
        count(*) as shared_actions_count
    from neighbours
    inner join actions as own on neighbours.scheme_code = own.scheme_code and neighbours.segment_code = own.segment_code
    inner join actions as other
        on
            neighbours.scheme_code = other.scheme_code
            and neighbours.neighbour_segment_code = other.segment_code
            and own.action_en = other.action_en
            and own.offer = other.offer
            and own.touchpoint = other.touchpoint
            and own.cadence_days = other.cadence_days
            and own.anchor = other.anchor
            and own.day_offset is not distinct from other.day_offset
    group by neighbours.scheme_code, neighbours.segment_code
),

joined as (
    select
        neighbours.scheme_code,
        neighbours.segment_code,
        coalesce(own.actions_count, 0) as actions_count,
        coalesce(other.actions_count, 0) as neighbour_actions_count,
        coalesce(shared.shared_actions_count, 0) as shared_actions_count
    from neighbours
    left join counted as own on neighbours.scheme_code = own.scheme_code and neighbours.segment_code = own.segment_code
    left join counted as other on neighbours.scheme_code = other.scheme_code and neighbours.neighbour_segment_code = other.segment_code
    left join shared on neighbours.scheme_code = shared.scheme_code and neighbours.segment_code = shared.segment_code
)

select
    *,
    actions_count > shared_actions_count or neighbour_actions_count > shared_actions_count as has_own_actions
from joined
