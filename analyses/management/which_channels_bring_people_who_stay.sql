{#-
  16. Which channels bring people who buy again?
  16. 哪些渠道带来的客户会复购？
  Each row is a source channel: of its customers whose first order is at least 90 days old, how many ordered again within
  90 days. Where two intervals overlap, the channels may well be alike.

      dbt show --select which_channels_bring_people_who_stay --limit 10
  picture: interval x=source_channel y=repurchase_90d_share low=repurchase_90d_share_low high=repurchase_90d_share_high
-#}

select
    source_channel,
    customers_count,
    repurchase_90d_of_count,
    repurchase_90d_share,
    repurchase_90d_share_low,
    repurchase_90d_share_high,
    kept_30d_share
from {{ ref('channel_quality') }}
where grain = 'channel' and repurchase_90d_of_count > 0
order by repurchase_90d_share desc, source_channel asc
