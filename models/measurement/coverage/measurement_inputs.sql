{{ config(materialized='view') }}

{#- Each measure, the raw tables that it is made from, and what an empty one means, in both languages. -#}
{%- set measures = [
    ('periods', 'orders', 'The brand has no valid order up to the newest date.', '截至最新日期没有有效订单。'),
    ('period_comparisons', 'orders', 'No complete period has an earlier one to compare it with.', '没有可对比的完整周期。'),
    (
        'gmv_bridge', 'orders order_items products',
        'No complete period has an earlier one to compare it with; margin also needs products and order_items with a cost of every line.',
        '没有可对比的完整周期；毛利还需要 products 和 order_items 中每行商品的成本。'
    ),
    ('segment_concentration', 'orders', 'Nobody has spent anything in the trailing year of any as-of date.', '各截止日的近一年内没有消费客户。'),
    ('segment_lorenz', 'orders', 'Nobody has spent anything in the trailing year of any as-of date.', '各截止日的近一年内没有消费客户。'),
    ('cohort_retention', 'orders', 'No order names a customer, so there are no cohorts.', '没有带客户的订单，因此没有首单群组。'),
    ('core_pool_growth', 'orders', 'There is no as-of date.', '没有截止日。'),
    ('unit_economics', 'orders costs', 'There are neither orders nor costs; without costs the contribution is null.', '没有订单也没有费用；没有费用时净贡献为空。'),
    ('segment_health', 'orders', 'There is no as-of date.', '没有截止日。'),
    (
        'campaign_uplift', 'campaigns campaign_members',
        'No campaign has members; it is made from campaigns and campaign_members.',
        '没有活动名单；数据来自 campaigns 和 campaign_members。'
    ),
    (
        'programme_uplift', 'campaigns campaign_members',
        'No campaign of kind global with members covers a whole month; it is made from campaigns and campaign_members.',
        '没有覆盖整月且有名单的全局对照（global）活动；数据来自 campaigns 和 campaign_members。'
    ),
    (
        'touchpoint_funnel', 'campaigns campaign_members touchpoints',
        'No campaign has members or touches; it is made from campaigns, campaign_members and touchpoints.',
        '没有活动名单也没有活动触达；数据来自 campaigns、campaign_members 和 touchpoints。'
    ),
    (
        'campaign_action_effects', 'campaigns campaign_members touchpoints',
        'No touch of a campaign names an action of the playbook in content_id; it is made from touchpoints and campaign_members.',
        '没有活动触达在 content_id 中写明动作手册的动作；数据来自 touchpoints 和 campaign_members。'
    ),
    ('daily_contacts', 'wecom_contacts', 'Nobody was added as a contact yet: deliver wecom_contacts.', '还没有好友记录：请提供 wecom_contacts。'),
    (
        'daily_groups', 'wecom_group_chats wecom_group_members',
        'There is no group yet: deliver wecom_group_chats and wecom_group_members.',
        '还没有群聊记录：请提供 wecom_group_chats 与 wecom_group_members。'
    ),
    ('daily_alerts', 'orders wecom_contacts wecom_group_members touchpoints', 'There is no day to look at yet.', '还没有可监测的日期。'),
    (
        'group_survival', 'wecom_group_chats wecom_group_members',
        'There is no group whose life could be measured: deliver wecom_group_chats and wecom_group_members.',
        '没有可计算存续的群：请提供 wecom_group_chats 与 wecom_group_members。'
    ),
    (
        'group_log_rank', 'wecom_group_chats wecom_group_members',
        'There are neither general nor segmented groups to compare: deliver wecom_group_chats with group_kind.',
        '没有可比较的通用群或分层群：请提供含 group_kind 的 wecom_group_chats。'
    ),
    (
        'group_activity', 'wecom_group_chats wecom_group_members',
        'There is no group yet: deliver wecom_group_chats and wecom_group_members.',
        '还没有群聊记录：请提供 wecom_group_chats 与 wecom_group_members。'
    ),
    (
        'staff_performance', 'staff wecom_contacts wecom_staff_daily',
        'No member of staff is known, so every customer counts as unassigned: deliver staff and wecom_contacts.',
        '没有员工数据，所有客户都归为未分配：请提供 staff 与 wecom_contacts。'
    ),
    (
        'staff_crowds', 'staff wecom_contacts',
        'Nobody holds a customer, so every crowd counts as unassigned: deliver wecom_contacts.',
        '没有员工持有客户，所有人群都归为未分配：请提供 wecom_contacts。'
    ),
    (
        'referral_performance', 'customers wecom_group_members touchpoints',
        'Nobody was invited: deliver customers with referrer_customer_id, or wecom_group_members with invitor_userid.',
        '没有邀请记录：请提供含 referrer_customer_id 的 customers，或含 invitor_userid 的 wecom_group_members。'
    ),
    ('channel_quality', 'orders customers wecom_contacts touchpoints costs', 'There is no customer.', '没有客户。'),
    ('chain_funnel', 'orders customers wecom_contacts touchpoints', 'There is no customer.', '没有客户。'),
    (
        'product_association', 'orders order_items',
        'No two products were bought together in five orders, or one after the other.',
        '没有两个商品在五个订单中一起或先后购买。'
    ),
    ('product_performance', 'orders order_items products touchpoints refunds', 'There is no valid order and no product.', '没有有效订单，也没有商品。'),
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
