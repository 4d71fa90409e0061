{#-
  18. At which step between first sight and advocacy do we lose people, and in which channel?
  18. 从触达到推荐，客户在哪一步、哪个渠道流失最多？
  Each row is a step of a source channel: how many came so far, and which share of the step before that is. Channels with
  fewer than 20 customers are left out: a single person would move their rates by five points.

      dbt show --select where_do_we_lose_people --limit 10
  picture: heat x=step_en y=source_channel series=step_share
-#}

select
    funnel.source_channel,
    funnel.step_en,
    funnel.customers_count,
    funnel.of_count,
    funnel.step_share,
    funnel.step_share_low,
    funnel.step_share_high
from {{ ref('chain_funnel') }} as funnel
inner join {{ ref('chain_funnel') }} as sources on funnel.source_channel = sources.source_channel
where funnel.grain = 'channel' and sources.grain = 'channel' and sources.position = 1 and sources.customers_count >= 20 and funnel.position > 1
order by sources.customers_count desc, funnel.source_channel asc, funnel.position asc
