{%- set most = 10 %}

with bought as (
    select * from {{ ref('score_products__bought') }}
),

neighbours as (
    select * from {{ ref('fit_product_neighbours') }}
),

upgrades as (
    select
        sku_id as upgrade_sku_id,
        upgrade_of_sku_id
    from {{ ref('score_products__upgrades') }}
),

habit as (
    select
        as_of_date,
        customer_id,
        'habit' as kind,
        sku_id,
        cast(sku_id as {{ dbt.type_string() }}) as because_sku_id,
        habit_weight / 1e9 as score,
        days_count,
        first_date,
        last_date
    from bought
),

novel as (
    select
        bought.as_of_date,
        bought.customer_id,
        'novel' as kind,
        neighbours.neighbour_sku_id as sku_id,
        {{ strongest_reason('bought.sku_id', 'bought.habit_weight * neighbours.pull') }} as because_sku_id,
        sum(cast(round(1e3 * bought.habit_weight * neighbours.pull) as bigint)) / 1e12 as score,
        cast(null as bigint) as days_count,
        cast(null as date) as first_date,
        cast(null as date) as last_date
    from bought
    inner join neighbours on bought.as_of_date = neighbours.as_of_date and bought.sku_id = neighbours.sku_id
    left join bought as hers
        on
            bought.as_of_date = hers.as_of_date
            and bought.customer_id = hers.customer_id
            and neighbours.neighbour_sku_id = hers.sku_id
    where hers.sku_id is null
    group by bought.as_of_date, bought.customer_id, neighbours.neighbour_sku_id
),

upgrade as (
    select
        bought.as_of_date,
        bought.customer_id,
        'upgrade' as kind,
        upgrades.upgrade_sku_id as sku_id,
        bought.sku_id as because_sku_id,
        bought.habit_weight / 1e9 as score,
        bought.days_count,
        bought.first_date,
        bought.last_date
    from bought
    inner join upgrades on bought.sku_id = upgrades.upgrade_of_sku_id
    left join bought as hers
        on
            bought.as_of_date = hers.as_of_date
            and bought.customer_id = hers.customer_id
            and upgrades.upgrade_sku_id = hers.sku_id
    where hers.sku_id is null
),

candidates as (
    select * from habit
    union all
    select * from novel
    union all
    select * from upgrade
),

ranked as (
    select
        *,
        row_number() over (partition by as_of_date, customer_id, kind order by score desc, sku_id asc, because_sku_id asc) as place
    from candidates
)

select
    customer_id,
    as_of_date,
    kind,
    place,
    sku_id,
    score,
    {{ next_product_reason() }} as reason,
    because_sku_id,
    case kind when 'habit' then 'decayed_frequency' when 'novel' then 'shrunk_item_item' else 'upgrade_path' end as model_name
from ranked
where place <= {{ most }}
