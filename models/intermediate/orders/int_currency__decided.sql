with rated as (
    select distinct currency
    from {{ ref('stg_exchange_rates') }}
    where rate > 0 and {{ is_until_newest('rate_date') }}
),

ordered as (
    select
        currency,
        count(*) as orders_count
    from {{ ref('stg_orders') }}
    where currency is not null and {{ is_until_newest('ordered_date') }}
    group by currency
),

summed as (
    select
        count(*) as currencies_count,
        min(ordered.currency) as only_currency,
        count(*) filter (where rated.currency is null) as unrated_count,
        min(case when rated.currency is null then ordered.currency end) as unrated_currency,
        'The orders are in several currencies ('
        || {{ joined_texts("ordered.currency || ' ' || cast(ordered.orders_count as " ~ dbt.type_string() ~ ")") }}
        || '), which cannot be added up: set var currency to the one to report in, '
        || 'and deliver the rates of the others to it as exchange_rates.' as complaint
    from ordered
    left join rated on ordered.currency = rated.currency
)

select
    {% if var('currency') -%}
        {{ currency_code("'" ~ var('currency') ~ "'") }}
    {%- else -%}
        case
            when currencies_count <= 1 then only_currency
            when unrated_count = 1 then unrated_currency
            else {{ raise_error('complaint') }}
        end
    {%- endif %} as base_currency
from summed
