{#- The latest date whose next 30 days are over. #}

with base as (
    select max(dates.as_of_date) as outcome_from_date
    from {{ ref('int_as_of_dates') }} as dates
    cross join (select max(as_of_date) as newest_date from {{ ref('int_as_of_dates') }}) as newest
    where {{ days_after('dates.as_of_date', 30) }} <= newest.newest_date
),

spent as (
    select
        purchases.customer_id,
        cast(sum(purchases.net_amount) as decimal(18, 4)) as net_amount
    from {{ ref('purchase_amounts') }} as purchases
    cross join base
    where purchases.ordered_date > base.outcome_from_date and purchases.ordered_date <= {{ days_after('base.outcome_from_date', 30) }}
    group by purchases.customer_id
)

select
    base.outcome_from_date,
    segments.scheme_code,
    segments.segment_code,
    count(*) as customers_count,
    count(spent.customer_id) as buyers_count,
    cast(sum(coalesce(spent.net_amount, 0)) as decimal(38, 4)) as net_sum,
    cast(sum(coalesce(spent.net_amount * spent.net_amount, 0)) as decimal(38, 8)) as net_net_sum
from base
inner join {{ ref('customer_segments') }} as segments on base.outcome_from_date = segments.as_of_date
left join spent on segments.customer_id = spent.customer_id
group by base.outcome_from_date, segments.scheme_code, segments.segment_code
