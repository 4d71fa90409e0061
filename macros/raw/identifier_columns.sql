{#- Raw columns that hold identifiers: numbers that mean nothing as numbers, and in which a zero is nobody. -#}
{% macro identifier_columns() %}
    {{ return([
        'order_id', 'customer_id', 'sku_id', 'refund_id', 'event_id', 'campaign_id', 'content_id', 'chat_id', 'config_id', 'tag_id',
        'upgrade_of_sku_id', 'referrer_customer_id', 'unionid', 'openid', 'external_userid', 'phone_hash', 'device_id',
        'userid', 'staff_userid', 'invitor_userid', 'owner', 'coupon_code'
    ]) }}
{% endmacro %}

{#- What a cell of a column holds: identifier, code, text, number or time. It decides how the cell is cleaned. -#}
{% macro cell_kind(column, rules) %}
    {% set type = rules.columns[column] %}
    {% if column in identifier_columns() %}{{ return('identifier') }}{% endif %}
    {% if type in ['timestamp', 'date'] %}{{ return('time') }}{% endif %}
    {% if column in rules.get('codes', {}) %}{{ return('code') }}{% endif %}
    {{ return('text' if type == 'text' else 'number') }}
{% endmacro %}
