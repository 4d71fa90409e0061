{#-
  Over all days the orders, buyers' money and losses that alarms look at are those of the brand. Otherwise the day that should alarm is not
  looked at.
#}
with looked_at as (
    select
        measure_code,
        sum(measured_value) as measured_value
    from {{ ref('daily_alerts') }}
    group by measure_code
),

brand as (
    select
        'orders' as measure_code,
        cast(count(*) as decimal(18, 4)) as measured_value
    from {{ ref('int_orders__validated') }}
    where is_valid
    union all
    select
        'net_amount' as measure_code,
        (select coalesce(sum(payable_amount), 0) from {{ ref('int_orders__validated') }} where is_valid)
        - (select coalesce(sum(refund_amount), 0) from {{ ref('int_refunds__dated') }} where is_valid) as measured_value
    union all
    select
        'active_touches' as measure_code,
        cast(count(*) as decimal(18, 4)) as measured_value
    from {{ ref('int_touchpoints__unified') }}
    where touch_class = 'active'
    union all
    select
        'contacts_lost' as measure_code,
        cast(count(*) as decimal(18, 4)) as measured_value
    from {{ ref('int_contact_spells__dated') }}
    where end_kind in ('by_customer', 'by_staff', 'unknown')
)

select
    brand.measure_code,
    brand.measured_value,
    looked_at.measured_value as looked_at_value
from brand
left join looked_at on brand.measure_code = looked_at.measure_code
where brand.measured_value <> coalesce(looked_at.measured_value, 0)
