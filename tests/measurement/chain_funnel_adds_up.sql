{#-
  A funnel that loses people between its parts, or gains some on the way, sends the team to mend a step that is not broken. At
  each step the channels, the crowds and the crowds of channels add up to the brand; the first step is everybody; none grows.
-#}
with levels as (
    select
        grain,
        position,
        sum(customers_count) as customers_count,
        sum(of_count) as of_count
    from {{ ref('chain_funnel') }}
    group by grain, position
),

brand as (
    select * from levels
    where grain = 'brand'
),

everybody as (
    select count(*) as customers_count
    from {{ ref('customer_tags') }}
    where is_current
),

cells as (
    select
        grain,
        position,
        customers_count,
        lag(customers_count) over (partition by grain, source_channel, crowd_code order by position nulls last) as before_count
    from {{ ref('chain_funnel') }}
)

select
    'adds up' as what,
    levels.grain,
    levels.position,
    levels.customers_count,
    brand.customers_count as expected_count
from levels
inner join brand on levels.position = brand.position
where levels.customers_count <> brand.customers_count or levels.of_count <> brand.of_count
union all
select
    'everybody' as what,
    'brand' as grain,
    1 as position,
    brand.customers_count,
    everybody.customers_count as expected_count
from everybody
left join brand on brand.position = 1
where coalesce(brand.customers_count, 0) <> everybody.customers_count
union all
select
    'grows' as what,
    grain,
    position,
    customers_count,
    before_count as expected_count
from cells
where customers_count > before_count
