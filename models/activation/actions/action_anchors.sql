with campaigns as (
    select * from {{ ref('int_campaigns__dated') }}
    where campaign_kind = 'promotion'
),

calendar_events as (
    select * from {{ ref('calendar_events') }}
    where is_promotion or event_kind = 'member_day'
),

products as (
    select * from {{ ref('int_products__described') }}
    where launched_date is not null
)

select
    'promotion' as anchor,
    starts_date as anchor_date,
    campaign_id as occasion,
    cast(null as {{ dbt.type_string() }}) as category,
    cast(null as {{ dbt.type_string() }}) as sku_id
from campaigns
union all
select
    case when event_kind = 'member_day' then 'member_day' else 'promotion' end as anchor,
    starts_on as anchor_date,
    event_code as occasion,
    cast(null as {{ dbt.type_string() }}) as category,
    cast(null as {{ dbt.type_string() }}) as sku_id
from calendar_events
union all
select
    'launch' as anchor,
    launched_date as anchor_date,
    sku_id as occasion,
    category,
    sku_id
from products
