{%- set horizon_days = 30 %}

with dates as (
    select
        dates.as_of_date as evaluated_on,
        {{ days_after('dates.as_of_date', horizon_days) }} as until_date
    from {{ ref('int_as_of_dates') }} as dates
    cross join (select max(as_of_date) as newest_date from {{ ref('int_as_of_dates') }}) as newest
    where {{ days_after('dates.as_of_date', horizon_days) }} <= newest.newest_date
),

bought_later as (
    select distinct
        dates.evaluated_on,
        purchased.customer_id,
        purchased.sku_id
    from {{ ref('score_products__purchased') }} as purchased
    inner join dates
        on
            purchased.ordered_date > dates.evaluated_on
            and purchased.ordered_date <= dates.until_date
            and purchased.undone_date > dates.until_date
),

scored as (
    select distinct
        as_of_date,
        customer_id
    from {{ ref('score_products__bought') }}
)

select
    bought_later.evaluated_on,
    bought_later.customer_id,
    bought_later.sku_id,
    hers.sku_id is null as is_new
from bought_later
inner join scored
    on bought_later.evaluated_on = scored.as_of_date and bought_later.customer_id = scored.customer_id
left join {{ ref('score_products__bought') }} as hers
    on
        bought_later.evaluated_on = hers.as_of_date
        and bought_later.customer_id = hers.customer_id
        and bought_later.sku_id = hers.sku_id
