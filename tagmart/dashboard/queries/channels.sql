select
    source_channel as channel,
    customers_count as customers,
    added_count,
    kept_30d_count,
    kept_30d_of_count,
    first_order_30d_count,
    first_order_30d_of_count,
    repurchase_90d_count,
    repurchase_90d_of_count,
    buyers_count,
    net_amount,
    clv_amount,
    cost_amount
from measurement.channel_quality
where grain = 'channel' and as_of_date = (select max(as_of_date) from measurement.channel_quality)
order by source_channel
