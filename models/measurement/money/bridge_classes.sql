with changes as (
    select * from {{ ref('period_changes') }}
),

segments as (
    select * from {{ ref('customer_segments') }}
),

{#- Scheme by scheme, as in segment_transitions: classes of all schemes at once are more than the memory holds. #}

classed as (
    select
        changes.*,
        '_brand' as scheme_code,
        case when changes.customer_id is null then '_anonymous' else '_all' end as from_segment_code,
        case when changes.customer_id is null then '_anonymous' else '_all' end as segment_code
    from changes
    {% for scheme in segment_schemes() %}
        union all
        select
            changes.*,
            '{{ scheme.definition.code }}' as scheme_code,
            case when changes.customer_id is null then '_anonymous' else coalesce(earlier.segment_code, '_entered') end as from_segment_code,
            case when changes.customer_id is null then '_anonymous' else coalesce(later.segment_code, '_entered') end as segment_code
        from changes
        left join segments as later
            on
                changes.customer_id = later.customer_id
                and changes.closing_as_of_date = later.as_of_date
                and later.scheme_code = '{{ scheme.definition.code }}'
        left join segments as earlier
            on
                changes.customer_id = earlier.customer_id
                and changes.from_closing_as_of_date = earlier.as_of_date
                and earlier.scheme_code = '{{ scheme.definition.code }}'
        where changes.from_closing_as_of_date is not null
    {% endfor %}
)

select
    period_code,
    comparison_code,
    scheme_code,
    movement,
    from_segment_code,
    segment_code,
    count(case when from_orders_count > 0 then 1 end) as from_buyers_count,
    cast(sum(from_orders_count) as bigint) as from_orders_count,
    cast(sum(from_net_amount) as decimal(18, 4)) as from_net_amount,
    cast(sum(from_net_amount - from_cost_amount) as decimal(18, 4)) as from_margin,
    count(case when orders_count > 0 then 1 end) as buyers_count,
    cast(sum(orders_count) as bigint) as orders_count,
    cast(sum(net_amount) as decimal(18, 4)) as net_amount,
    cast(sum(net_amount - cost_amount) as decimal(18, 4)) as margin,
    cast(sum(orders_without_cost_count) as bigint) as orders_without_cost_count
from classed
group by period_code, comparison_code, scheme_code, movement, from_segment_code, segment_code
