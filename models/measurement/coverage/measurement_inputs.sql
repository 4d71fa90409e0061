{{ config(materialized='view') }}

{#- Each measure, the raw tables that it is made from, and what an empty one means, in both languages. -#}
{%- set measures = [
    ('channel_quality', 'orders customers wecom_contacts touchpoints costs', 'There is no customer.', '没有客户。'),
    ('chain_funnel', 'orders customers wecom_contacts touchpoints', 'There is no customer.', '没有客户。'),
    (
        'product_association', 'orders order_items',
        'No two products were bought together in five orders, or one after the other.', '没有两个商品在五个订单中一起或先后购买。'
    ),
    (
        'product_performance', 'orders order_items products touchpoints refunds',
        'There is no valid order and no product.', '没有有效订单，也没有商品。'
    ),
] -%}

{% for measure, raw_tables, empty_because_en, empty_because_zh in measures -%}
    {% set is_last_measure = loop.last -%}
    {% for raw_table in raw_tables.split() -%}
        select
            '{{ measure }}' as measure,
            '{{ raw_table }}' as raw_table,
            {{ text_literal(empty_because_en) }} as empty_because_en,
            {{ text_literal(empty_because_zh) }} as empty_because_zh
        {{ 'union all' if not (loop.last and is_last_measure) }}
    {% endfor -%}
{% endfor %}
