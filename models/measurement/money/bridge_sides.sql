{%- set key = 'period_code, comparison_code, scheme_code' -%}

with classes as (
    select * from {{ ref('bridge_classes') }}
),

{#- Margin is told of a comparison when the cost of every order of both its periods is known: else classes would not add up. #}

costed as (
    select
        period_code,
        comparison_code
    from classes
    where scheme_code = '_brand'
    group by period_code, comparison_code
    having sum(orders_without_cost_count) = 0
),

measured as (
    select
        {{ key }},
        movement,
        from_segment_code,
        segment_code,
        from_orders_count,
        orders_count,
        'net_amount' as measure_code,
        from_net_amount as from_amount,
        net_amount as amount
    from classes
    union all
    select
        {{ key }},
        movement,
        from_segment_code,
        segment_code,
        from_orders_count,
        orders_count,
        'margin' as measure_code,
        from_margin as from_amount,
        margin as amount
    from classes
    inner join costed using (period_code, comparison_code)
),

parted as (
    select
        *,
        case when movement = 'remained' then case when from_segment_code = segment_code then 'stayed' else 'migrated' end else movement end as part
    from measured
)

select
    {{ key }},
    measure_code,
    segment_code,
    part,
    cast(0 as decimal(18, 4)) as from_amount,
    amount
from parted
where orders_count > 0
union all
select
    {{ key }},
    measure_code,
    from_segment_code as segment_code,
    part,
    from_amount,
    cast(0 as decimal(18, 4)) as amount
from parted
where from_orders_count > 0
