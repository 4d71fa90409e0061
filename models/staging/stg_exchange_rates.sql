with checked as (
    select * from {{ ref('stg_exchange_rates__checked') }}
)

select
    {{ currency_code('currency') }} as currency,
    rate_date,
    {#- A rate that is no decimal of this size is no rate: the orders that need it say so. #}
    try_cast(rate as decimal(20, 10)) as rate
from checked
where verdict is null
