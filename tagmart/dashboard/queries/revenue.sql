-- The latest comparisons of months and of events: the brand by both measures, classes by net amount.
with compared as (
    select
        comparisons.*,
        periods.name_en,
        periods.name_zh,
        earlier.name_en as from_name_en,
        earlier.name_zh as from_name_zh,
        row_number() over (partition by comparisons.period_kind, comparisons.comparison_code order by comparisons.ends_date desc, comparisons.period_code) as place
    from measurement.period_comparisons as comparisons
    inner join measurement.periods as periods on comparisons.period_code = periods.period_code and periods.is_complete
    inner join measurement.periods as earlier on comparisons.from_period_code = earlier.period_code and earlier.is_begun_after_the_first_order
    where comparisons.period_kind in ('month', 'event')
)

select
    compared.period_code,
    compared.comparison_code,
    compared.period_kind,
    compared.name_en,
    compared.name_zh,
    compared.from_name_en,
    compared.from_name_zh,
    compared.ends_date,
    bridge.scheme_code,
    bridge.segment_code,
    bridge.measure_code,
    bridge.from_buyers_count as from_buyers,
    bridge.buyers_count as buyers,
    bridge.from_amount,
    bridge.amount,
    bridge.entry_amount,
    bridge.exit_amount,
    bridge.migrated_in_amount,
    bridge.migrated_out_amount,
    bridge.anonymous_amount,
    bridge.buyers_amount,
    bridge.orders_per_buyer_amount,
    bridge.amount_per_order_amount,
    bridge.margin_share_amount,
    bridge.rounding_amount
from compared
inner join measurement.gmv_bridge as bridge
    on compared.period_code = bridge.period_code and compared.comparison_code = bridge.comparison_code
where
    compared.place <= 6
    and (bridge.scheme_code = '_brand' or bridge.measure_code = 'net_amount' and bridge.scheme_code not in ('crowd', 'crowd_scene'))
order by compared.ends_date desc, compared.period_code, compared.comparison_code, bridge.scheme_code, bridge.segment_code, bridge.measure_code
