{#-
  What models/sources/<table>.yml says of a raw table: its config.meta, and columns {name: text, timestamp, date, money,
  integer or number}. dbt knows it once the project is parsed; while it parses, no SQL is needed yet and the rules are empty.
-#}
{% macro raw_rules(table) %}
    {% set rules = {'key': [], 'columns': {}} %}
    {% if not execute %}{{ return(rules) }}{% endif %}
    {% set types = {'varchar': 'text', 'timestamp': 'timestamp', 'date': 'date', 'decimal(18,4)': 'money', 'bigint': 'integer', 'double': 'number'} %}
    {% set source = graph.sources['source.tagmart.raw.' ~ table] %}
    {% do rules.update(source.config.meta) %}
    {% for name, column in source['columns'].items() %}{% do rules.columns.update({name: types[column.data_type]}) %}{% endfor %}
    {{ return(rules) }}
{% endmacro %}

{#- The raw tables by name, parents first: dbt must know them while it parses. A test holds them to models/sources. -#}
{% macro raw_tables() %}
    {{ return([
        'orders', 'campaign_members', 'campaigns', 'consents', 'contact_blocks', 'costs', 'customers', 'exchange_rates', 'manual_tags',
        'order_items', 'products', 'refunds', 'staff', 'touchpoints', 'wecom_contact_tags', 'wecom_contact_ways', 'wecom_contacts',
        'wecom_group_chats', 'wecom_group_members', 'wecom_staff_daily'
    ]) }}
{% endmacro %}
