{{ config(materialized='view') }}

{%- set lists = [
    ('next_best_action', 'Nobody is in a class for which action_playbook has an action that pays.', '没有客户处于行动手册中有可行动作的分层。'),
    ('touch_calendar', 'Nobody is due for an action of action_playbook in the next 14 days.', '未来14天内没有到期的行动手册动作。'),
    ('recall_list', 'No buyer is declining or lost.', '没有衰退期或流失的购买客户。'),
    ('lost_contacts', 'No contact was lost or is silent; it is made from wecom_contacts.', '没有流失或沉默的好友；数据来自 wecom_contacts。'),
    ('repurchase_due', 'Nobody who bought twice is due within a week; it is made from orders.', '一周内没有到复购期的客户；数据来自 orders。'),
    (
        'birthday_and_anniversary', 'Nobody has a birthday or an anniversary within 30 days; it is made from customers, orders and wecom_contacts.',
        '30天内没有生日或周年；数据来自 customers、orders 和 wecom_contacts。'
    ),
    ('research_pool', 'No buyer may be contacted.', '没有可以联系的购买客户。'),
] -%}

{% for list_code, empty_because_en, empty_because_zh in lists -%}
    select
        '{{ list_code }}' as list_code,
        {{ text_literal(empty_because_en) }} as empty_because_en,
        {{ text_literal(empty_because_zh) }} as empty_because_zh
    {{ 'union all' if not loop.last }}
{% endfor %}
