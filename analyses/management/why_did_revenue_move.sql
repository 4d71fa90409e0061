{#-
  1. Why did net amount change against the same month a year before?
  1. 净销售额与去年同月相比为什么变了？
  Each row is a part of the change of the newest complete month, for the brand as a whole; the parts add up to the change.

      dbt show --select why_did_revenue_move --limit 10
  picture: waterfall x=part y=amount
-#}

with bridge as (
    select
        *,
        period_code = max(period_code) over () as is_newest
    from {{ ref('gmv_bridge') }}
    where scheme_code = '_brand' and measure_code = 'net_amount' and period_kind = 'month' and comparison_code = 'year_before'
)

{% for part in ['entry', 'exit', 'buyers', 'orders_per_buyer', 'amount_per_order', 'anonymous'] -%}
    select
        '{{ loop.index }} {{ part }}' as part,
        round(sum({{ part }}_amount), 2) as amount
    from bridge
    where is_newest
    {{ 'union all' if not loop.last }}
{% endfor -%}
order by part
