with base as (
    select base_currency from {{ ref('int_currency__decided') }}
),

order_days as (
    select
        orders.currency,
        orders.ordered_date,
        count(*) as orders_count
    from {{ ref('stg_orders') }} as orders
    inner join base on orders.currency <> base.base_currency
    where {{ is_until_newest('orders.ordered_date') }}
    group by orders.currency, orders.ordered_date
),

{#- Two spellings of one currency (usd, USD) may stand for one day; nobody knows which is right, so the higher one holds. #}

rates as (
    select
        currency,
        rate_date,
        max(rate) as rate
    from {{ ref('stg_exchange_rates') }}
    where rate > 0
    group by currency, rate_date
),

periods as (
    select
        *,
        lead(rate_date) over (partition by currency order by rate_date nulls last) as next_rate_date
    from rates
),

known as (
    select
        order_days.*,
        periods.rate
    from order_days
    left join periods
        on
            order_days.currency = periods.currency
            and order_days.ordered_date >= periods.rate_date
            and (order_days.ordered_date < periods.next_rate_date or periods.next_rate_date is null)
),

lacking as (
    select
        currency,
        currency || ' (' || cast(sum(orders_count) as {{ dbt.type_string() }})
        || ', the first of ' || cast(min(ordered_date) as {{ dbt.type_string() }}) || ')' as orders_text
    from known
    where rate is null
    group by currency
),

complaint as (
    select
        'Orders in '
        || {{ joined_texts('orders_text') }}
        || ' have no exchange rate to '
        || (select base_currency from base)
        || ' of their day or before, so they cannot be added up: deliver the rates as exchange_rates from these days on, or set var currency.' as message
    from lacking
)

select
    known.currency,
    known.ordered_date,
    coalesce(known.rate, {{ raise_error('complaint.message') }}) as rate
from known
cross join complaint
