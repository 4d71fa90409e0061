with changes as (
    select * from {{ ref('period_changes') }}
),

{#- 0 and -1 are who has no class. #}

definitions as (
    select * from {{ ref('class_numbers') }}
    union all
    select
        null as scheme_code,
        '_entered' as segment_code,
        cast(0 as smallint) as class_number
    union all
    select
        null as scheme_code,
        '_anonymous' as segment_code,
        cast(-1 as smallint) as class_number
),

classed as (
    select
        {% for code in segment_schemes() | map(attribute='definition.code') -%}
            case when changes.customer_id is null then -1 else coalesce(earlier.{{ code }}_class, 0) end as from_{{ code }}_class,
            case when changes.customer_id is null then -1 else coalesce(later.{{ code }}_class, 0) end as {{ code }}_class,
        {% endfor -%}
        changes.*
    from changes
    left join {{ ref('closing_classes') }} as later on changes.customer_id = later.customer_id and changes.closing_as_of_date = later.as_of_date
    left join {{ ref('closing_classes') }} as earlier on changes.customer_id = earlier.customer_id and changes.from_closing_as_of_date = earlier.as_of_date
    where changes.from_closing_as_of_date is not null
),

{%- set sums %}
        count(case when from_orders_count > 0 then 1 end) as from_buyers_count,
        cast(sum(from_orders_count) as bigint) as from_orders_count,
        cast(sum(from_net_amount) as decimal(18, 4)) as from_net_amount,
        cast(sum(from_net_amount - from_cost_amount) as decimal(18, 4)) as from_margin,
        count(case when orders_count > 0 then 1 end) as buyers_count,
        cast(sum(orders_count) as bigint) as orders_count,
        cast(sum(net_amount) as decimal(18, 4)) as net_amount,
        cast(sum(net_amount - cost_amount) as decimal(18, 4)) as margin,
        cast(sum(orders_without_cost_count) as bigint) as orders_without_cost_count
{%- endset %}

by_class as (
    {% for code in segment_schemes() | map(attribute='definition.code') -%}
        select
            period_code,
            comparison_code,
            '{{ code }}' as scheme_code,
            movement,
            from_{{ code }}_class as from_class_number,
            {{ code }}_class as class_number,
            {{ sums }}
        from classed
        group by period_code, comparison_code, movement, from_{{ code }}_class, {{ code }}_class
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    by_class.period_code,
    by_class.comparison_code,
    by_class.scheme_code,
    by_class.movement,
    earlier.segment_code as from_segment_code,
    later.segment_code,
    by_class.from_buyers_count,
    by_class.from_orders_count,
    by_class.from_net_amount,
    by_class.from_margin,
    by_class.buyers_count,
    by_class.orders_count,
    by_class.net_amount,
    by_class.margin,
    by_class.orders_without_cost_count
from by_class
inner join definitions as earlier on by_class.from_class_number = earlier.class_number
inner join definitions as later on by_class.class_number = later.class_number
union all
select
    period_code,
    comparison_code,
    '_brand' as scheme_code,
    movement,
    case when customer_id is null then '_anonymous' else '_all' end as from_segment_code,
    case when customer_id is null then '_anonymous' else '_all' end as segment_code,
    {{ sums }}
from changes
group by
    period_code,
    comparison_code,
    movement,
    case when customer_id is null then '_anonymous' else '_all' end
