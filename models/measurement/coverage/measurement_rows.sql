{{ config(materialized='view') }}

{#- A view sees the text of ref() only, so each measure is named where it stands, with the rows that say "not enough data". -#}
{%- set measures = {
    'channel_quality': (ref('channel_quality'), 'buyers_count > 0 and ltv is null'),
    'chain_funnel': (ref('chain_funnel'), none),
    'product_association': (ref('product_association'), none),
    'product_performance': (ref('product_performance'), none),
} -%}

{% for measure, (relation, not_enough) in measures.items() -%}
    select
        '{{ measure }}' as measure,
        count(*) as rows_count,
        {{ 'count(case when ' ~ not_enough ~ ' then 1 end)' if not_enough else 'cast(0 as bigint)' }} as not_enough_data_count
    from {{ relation }}
    {{ 'union all' if not loop.last }}
{% endfor %}
